// Knows a system that never was: handles that refuse, hang or vanish at will, for tests of module/native. It is compiled together
// with those files (NativeSetup.ps1), so that it may stand behind their interfaces.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;
    using System.Runtime.InteropServices;
    using System.Text;
    using System.Threading;

    public sealed class FakeHandle
    {
        public uint ProcessId = 100;
        public ulong Handle;
        public ulong ObjectAddress;
        public uint GrantedAccess = 0x0012019F;
        public ushort TypeIndex = 37;
        public string TypeName = "File";
        public string Device = @"\Device\Afd";
        public uint DeviceType = 0x11;
        public uint HandleCount = 1;
        public uint DuplicateStatus;
        public uint NameStatus;
        public uint NameStatusWithAccess;
        public uint AddressStatus;
        public uint ContextStatus;
        public byte[] Address = { 2, 0, 0xC3, 0x50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
        public byte[] Context = new byte[0x90];

        /// <summary>Duplicate, Name, Address, Context or Close: hangs there until FakeSystem.Release.</summary>
        public string HangsAt = "";

        /// <summary>Throws there.</summary>
        public string BreaksAt = "";
        public int DelayMs;
    }

    public sealed class FakeSystem : IProcessQueries
    {
        private readonly Dictionary<long, FakeHandle> duplicates = new Dictionary<long, FakeHandle>();
        private readonly ManualResetEvent released = new ManualResetEvent(false);
        private long next = 1;

        public List<FakeHandle> Handles = new List<FakeHandle>();
        public Dictionary<uint, int> OpenErrors = new Dictionary<uint, int>();
        public Dictionary<uint, long> Created = new Dictionary<uint, long>();
        public List<uint> Opened = new List<uint>();
        public List<string> Asked = new List<string>();
        public int OpenProcesses;
        public int PointerSize = 8;

        /// <summary>How many calls find the buffer too small whatever its size.</summary>
        public int Mismatches;
        public bool TellsLength = true;
        public uint TableStatus;
        public List<int> Sizes = new List<int>();
        public int DisposedQueries;

        /// <summary>Questions about a duplicate that was closed, or closing it once more.</summary>
        public int StrayUses;

        public int OpenDuplicates
        {
            get { lock (duplicates) { return duplicates.Count; } }
        }

        public void Release()
        {
            released.Set();
        }

        public HandleTable NewTable()
        {
            return new HandleTable(Query, PointerSize);
        }

        public NewHandleQueries Queries()
        {
            return () => new FakeQueries(this);
        }

        public int Open(uint processId, out IntPtr process, out long created)
        {
            int error;
            Opened.Add(processId);
            Created.TryGetValue(processId, out created);
            OpenErrors.TryGetValue(processId, out error);
            process = error == 0 ? new IntPtr(processId) : IntPtr.Zero;
            if (error == 0)
            {
                Interlocked.Increment(ref OpenProcesses);
            }
            return error;
        }

        public void Close(IntPtr process)
        {
            Interlocked.Decrement(ref OpenProcesses);
        }

        /// <summary>How many arrays hold the names of all rows of an answer.</summary>
        public static int NameArrays(Answer answer)
        {
            List<byte[]> different = new List<byte[]>();
            foreach (AfdRow row in answer.Source.Rows)
            {
                if (!different.Exists(one => ReferenceEquals(one, row.Name)))
                {
                    different.Add(row.Name);
                }
            }
            return different.Count;
        }

        private uint Query(IntPtr buffer, int length, out int returned)
        {
            int header = 2 * PointerSize;
            int entry = PointerSize == 8 ? 0x28 : 0x1C;
            int whole = header + Handles.Count * entry;
            Sizes.Add(length);
            returned = TellsLength ? whole : 0;
            if (TableStatus != 0)
            {
                return TableStatus;
            }
            WritePointer(buffer, 0, (ulong)Handles.Count);
            for (int index = 0; index < Handles.Count && header + (index + 1) * entry <= length; index++)
            {
                WriteEntry(buffer, header + index * entry, Handles[index]);
            }
            bool isSmall = Sizes.Count <= Mismatches || whole > length;
            return isSmall ? 0xC0000004 : 0;
        }

        private void WriteEntry(IntPtr buffer, int at, FakeHandle handle)
        {
            WritePointer(buffer, at, handle.ObjectAddress);
            WritePointer(buffer, at + PointerSize, handle.ProcessId);
            WritePointer(buffer, at + 2 * PointerSize, handle.Handle);
            Marshal.WriteInt32(buffer, at + 3 * PointerSize, (int)handle.GrantedAccess);
            Marshal.WriteInt16(buffer, at + (PointerSize == 8 ? 0x1E : 0x12), (short)handle.TypeIndex);
        }

        private void WritePointer(IntPtr buffer, int at, ulong value)
        {
            if (PointerSize == 8)
            {
                Marshal.WriteInt64(buffer, at, (long)value);
            }
            else
            {
                Marshal.WriteInt32(buffer, at, (int)value);
            }
        }

        internal FakeHandle At(IntPtr duplicate, string step)
        {
            FakeHandle handle;
            lock (duplicates)
            {
                if (!duplicates.TryGetValue(duplicate.ToInt64(), out handle))
                {
                    StrayUses++;
                    throw new InvalidOperationException("no open duplicate at " + step);
                }
            }
            Meet(handle, step);
            return handle;
        }

        internal void Meet(FakeHandle handle, string step)
        {
            lock (Asked)
            {
                Asked.Add(handle.ProcessId + ":" + handle.Handle + ":" + step);
            }
            if (handle.BreaksAt == step)
            {
                throw new InvalidOperationException("broken at " + step);
            }
            if (handle.HangsAt == step)
            {
                released.WaitOne();
            }
            if (handle.DelayMs > 0)
            {
                Thread.Sleep(handle.DelayMs);
            }
        }

        internal IntPtr Add(FakeHandle handle)
        {
            lock (duplicates)
            {
                duplicates.Add(next, handle);
                return new IntPtr(next++);
            }
        }

        internal void Remove(IntPtr duplicate)
        {
            lock (duplicates)
            {
                duplicates.Remove(duplicate.ToInt64());
            }
        }
    }

    internal sealed class FakeQueries : IHandleQueries
    {
        private readonly FakeSystem system;
        private bool hasAccess;

        internal FakeQueries(FakeSystem system)
        {
            this.system = system;
        }

        public uint Duplicate(IntPtr process, ulong handle, bool sameAccess, out IntPtr duplicate)
        {
            FakeHandle found = system.Handles.Find(one => one.ProcessId == (uint)process.ToInt64() && one.Handle == handle);
            duplicate = IntPtr.Zero;
            system.Meet(found, "Duplicate");
            if (found.DuplicateStatus == 0)
            {
                duplicate = system.Add(found);
                hasAccess = sameAccess;
            }
            return found.DuplicateStatus;
        }

        public uint TypeName(IntPtr duplicate, out string name)
        {
            name = system.At(duplicate, "TypeName").TypeName;
            return 0;
        }

        public uint HandleCount(IntPtr duplicate, out uint count)
        {
            count = system.At(duplicate, "HandleCount").HandleCount + 1;
            return 0;
        }

        public uint DeviceName(IntPtr duplicate, out byte[] name)
        {
            FakeHandle handle = system.At(duplicate, "Name");
            uint status = hasAccess ? handle.NameStatusWithAccess : handle.NameStatus;
            name = status == 0 ? Encoding.Unicode.GetBytes(handle.Device) : null;
            return status;
        }

        public uint DeviceType(IntPtr duplicate, out uint type)
        {
            type = system.At(duplicate, "DeviceType").DeviceType;
            return 0;
        }

        public uint Control(IntPtr duplicate, uint code, out byte[] output)
        {
            bool isAddress = code == 0x1202F;
            if (!isAddress && code != 0x12043)
            {
                throw new InvalidOperationException("no code of AFD that only reads: " + code.ToString("X"));
            }
            FakeHandle handle = system.At(duplicate, isAddress ? "Address" : "Context");
            uint status = isAddress ? handle.AddressStatus : handle.ContextStatus;
            bool hasData = status == 0 || status == 0x80000005;
            output = hasData ? (isAddress ? handle.Address : handle.Context) : null;
            return status;
        }

        public void Close(IntPtr duplicate)
        {
            system.At(duplicate, "Close");
            system.Remove(duplicate);
        }

        public void Dispose()
        {
            system.DisposedQueries++;
        }
    }

    /// <summary>The one privilege of this process, as RtlAdjustPrivilege shows and changes it.</summary>
    public static class FakePrivileges
    {
        public static bool IsEnabled;
        public static uint Status;

        internal static uint Adjust(int privilege, bool enable, bool threadOnly, out bool was)
        {
            was = IsEnabled;
            IsEnabled = Status == 0 ? enable : IsEnabled;
            return Status;
        }
    }

    /// <summary>A service control manager with many services, which gives `PerCall` of them at a time.</summary>
    public sealed class FakeServices
    {
        public int Count;
        public int PerCall = 1000;

        /// <summary>Error of the call that begins there; -1 for none.</summary>
        public int BreaksAt = -1;
        public List<int> Sizes = new List<int>();

        public Answer Read()
        {
            return ServiceTable.Read(IntPtr.Zero, Query);
        }

        private int Query(IntPtr manager, IntPtr services, int size, out int count, ref int resume)
        {
            int entry = IntPtr.Size == 8 ? 56 : 44;
            Sizes.Add(size);
            count = 0;
            if (resume == BreaksAt)
            {
                return 5;
            }
            for (; count < PerCall && resume < Count; count++, resume++)
            {
                Marshal.WriteIntPtr(services, count * entry, Marshal.StringToHGlobalUni("svc" + resume));
                Marshal.WriteInt32(services, count * entry + 2 * IntPtr.Size + 28, 1000 + resume);
            }
            return resume < Count ? 234 : 0;
        }
    }

    /// <summary>GetExtendedTcpTable and GetExtendedUdpTable as scripted.</summary>
    public sealed class FakeTable
    {
        /// <summary>Table class -> its bytes; of others, Error.</summary>
        public Dictionary<int, byte[]> Tables = new Dictionary<int, byte[]>();
        public int Error = 87;

        /// <summary>How many calls with a buffer find that the table has grown.</summary>
        public int Growths;
        public List<int> Asked = new List<int>();
        private int calls;

        public Answer ReadTcp(int family)
        {
            return PortTables.ReadTcp(family, Query);
        }

        public Answer ReadUdp(int family)
        {
            return PortTables.ReadUdp(family, Query);
        }

        private int Query(IntPtr table, ref int size, int family, int tableClass)
        {
            byte[] bytes;
            Asked.Add(tableClass);
            if (!Tables.TryGetValue(tableClass, out bytes))
            {
                return Error;
            }
            if (table != IntPtr.Zero)
            {
                calls++;
            }
            if (table == IntPtr.Zero || size < bytes.Length || calls <= Growths)
            {
                size = bytes.Length;
                return 122;
            }
            Marshal.Copy(bytes, 0, table, bytes.Length);
            return 0;
        }
    }
}
