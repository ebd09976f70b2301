// Knows what is asked about one handle, in which order, and how an AFD handle is told from other files: by the name of its device,
// or, on systems that do not tell it (Windows 7, Wine), by what it answers.
// Knowledge comes from: handles.md sections 2, 3 and 7. FileVolumeNameInformation is answered without the lock of the file object,
// so a blocked pipe cannot hold it up. An unbound socket answers GET_ADDRESS with C000000D, a pipe with another error.
namespace PortExhaustion.Native
{
    using System;
    using System.Text;

    /// <summary>Which question a handle is at. Close stands last: our close may be the one that ends the socket.</summary>
    public enum InspectionStep
    {
        Duplicate,
        Name,
        Address,
        Context,
        Close
    }

    /// <summary>Walks one handle. Each step is reported before it begins; `false` means that nobody waits for it any more.</summary>
    internal sealed class HandleInspection
    {
        private const uint GetAddress = 0x1202F;
        private const uint GetContext = 0x12043;
        private const uint WineGetKind = 0x120368;
        private const uint WineIsListening = 0x12036C;
        private const uint WineGetPeer = 0x120360;
        private const uint DeviceNamedPipe = 0x11;
        private const int LargestAddress = 256;
        private const int SharedInfoSize = 0x78;
        private const string AfdName = @"\Device\Afd";
        private static readonly byte[] AfdNameBytes = Encoding.Unicode.GetBytes(AfdName);

        private readonly IHandleQueries queries;
        private readonly bool isWine;

        internal HandleInspection(IHandleQueries queries, bool isWine)
        {
            this.queries = queries;
            this.isWine = isWine;
        }

        /// <summary>Duplicates the handle, with the owner's access where the system does not tell a name to access 0.</summary>
        internal uint Open(IntPtr process, HandleFinding finding, out IntPtr duplicate)
        {
            uint status = queries.Duplicate(process, finding.Row.Handle, false, out duplicate);
            finding.Row.DuplicateStatus = status;
            return status;
        }

        /// <summary>Whether it is an AFD handle. `duplicate` is another one afterwards where it had to be made with more access.</summary>
        internal void Name(IntPtr process, HandleFinding finding, ref IntPtr duplicate)
        {
            byte[] name;
            uint status = queries.DeviceName(duplicate, out name);
            if (status == NtStatus.AccessDenied)
            {
                status = NameWithAccess(process, finding, ref duplicate, out name);
            }
            finding.Row.NameStatus = status;
            finding.IsNameless = status == NtStatus.InvalidInfoClass || status == NtStatus.NotImplemented;
            finding.Row.Name = Shared(name) ?? finding.Row.Name;
            // A name that is too long for the buffer is not AFD's.
            bool isTold = status == NtStatus.Success || status == NtStatus.BufferOverflow;
            finding.Verdict = !isTold ? HandleVerdict.Unknown : IsAfd(name) ? HandleVerdict.Afd : HandleVerdict.Other;
            if (finding.IsNameless)
            {
                NarrowByDevice(finding, duplicate);
            }
            if (finding.Verdict == HandleVerdict.Afd)
            {
                CountHandles(finding, duplicate);
            }
        }

        internal void Address(HandleFinding finding, IntPtr duplicate)
        {
            byte[] address;
            uint status = queries.Control(duplicate, GetAddress, out address);
            finding.Row.AddressStatus = status;
            finding.IsTimedOut = status == NtStatus.Timeout;
            if (status == NtStatus.Success)
            {
                finding.Row.Address = Start(address, LargestAddress);
            }
        }

        /// <summary>Whether it is an AFD handle, where only its answer to GET_ADDRESS can tell.</summary>
        internal void Judge(HandleFinding finding, IntPtr duplicate)
        {
            if (finding.IsNameless)
            {
                JudgeByAddress(finding, duplicate);
            }
        }

        internal void Context(HandleFinding finding, IntPtr duplicate)
        {
            byte[] context;
            uint status = queries.Control(duplicate, GetContext, out context);
            finding.Row.ContextStatus = status;
            finding.IsTimedOut = finding.IsTimedOut || status == NtStatus.Timeout;
            if (status == NtStatus.Success)
            {
                finding.Row.Context = context;
            }
            else if (status == NtStatus.BufferOverflow)
            {
                finding.Row.Context = Start(context, SharedInfoSize);
            }
        }

        /// <summary>What Wine tells in place of a context.</summary>
        internal void Kind(HandleFinding finding, IntPtr duplicate)
        {
            if (isWine)
            {
                finding.Row.Kind = WineKind(duplicate);
            }
        }

        private static bool IsAfd(byte[] name)
        {
            if (name == null)
            {
                return false;
            }
            string text = Encoding.Unicode.GetString(name);
            return text.Equals(AfdName, StringComparison.OrdinalIgnoreCase)
                || text.StartsWith(AfdName + @"\", StringComparison.OrdinalIgnoreCase);
        }

        /// <summary>The name that nearly all have is kept once, and not for each of a million handles.</summary>
        private static byte[] Shared(byte[] name)
        {
            if (name == null || name.Length != AfdNameBytes.Length)
            {
                return name;
            }
            for (int index = 0; index < name.Length; index++)
            {
                if (name[index] != AfdNameBytes[index])
                {
                    return name;
                }
            }
            return AfdNameBytes;
        }

        private static byte[] Start(byte[] bytes, int length)
        {
            byte[] start = new byte[Math.Min(bytes.Length, length)];
            Array.Copy(bytes, start, start.Length);
            return start;
        }

        private uint NameWithAccess(IntPtr process, HandleFinding finding, ref IntPtr duplicate, out byte[] name)
        {
            IntPtr better;
            name = null;
            uint status = queries.Duplicate(process, finding.Row.Handle, true, out better);
            if (status != NtStatus.Success)
            {
                return NtStatus.AccessDenied;
            }
            queries.Close(duplicate);
            duplicate = better;
            return queries.DeviceName(duplicate, out name);
        }

        /// <summary>AFD calls its device a named pipe, so anything else is no socket; what is left must answer for itself.</summary>
        private void NarrowByDevice(HandleFinding finding, IntPtr duplicate)
        {
            uint type;
            uint status = queries.DeviceType(duplicate, out type);
            if (status == NtStatus.Success)
            {
                finding.Verdict = type == DeviceNamedPipe ? HandleVerdict.Candidate : HandleVerdict.Other;
            }
        }

        private void JudgeByAddress(HandleFinding finding, IntPtr duplicate)
        {
            switch (finding.Row.AddressStatus)
            {
                case NtStatus.Success:
                case NtStatus.InvalidParameter:
                    finding.Verdict = HandleVerdict.Afd;
                    CountHandles(finding, duplicate);
                    break;
                case NtStatus.Timeout:
                    finding.Verdict = HandleVerdict.Unknown;
                    break;
                default:
                    finding.Verdict = HandleVerdict.Other;
                    break;
            }
        }

        private void CountHandles(HandleFinding finding, IntPtr duplicate)
        {
            uint count;
            if (queries.HandleCount(duplicate, out count) == NtStatus.Success && count > 0)
            {
                finding.Row.HandleCount = count - 1;
            }
        }

        /// <summary>Family, type, protocol as Wine tells them, then 1 for a listener and 2 for a connected socket.</summary>
        private byte[] WineKind(IntPtr duplicate)
        {
            byte[] answer;
            byte[] kind = new byte[16];
            if (queries.Control(duplicate, WineGetKind, out answer) != NtStatus.Success || answer.Length < 12)
            {
                return new byte[0];
            }
            Array.Copy(answer, kind, 12);
            if (queries.Control(duplicate, WineIsListening, out answer) == NtStatus.Success && answer.Length >= 4 && answer[0] != 0)
            {
                kind[12] = 1;
            }
            else if (queries.Control(duplicate, WineGetPeer, out answer) == NtStatus.Success)
            {
                kind[12] = 2;
            }
            return kind;
        }
    }
}
