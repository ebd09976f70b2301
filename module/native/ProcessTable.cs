// Knows the list of processes: one call for all of them, and the path of each that may be opened for that.
// Knowledge comes from: geoffchappell.com/studies/windows/km/ntoskrnl/api/ex/sysinfo/process.htm (SYSTEM_PROCESS_INFORMATION);
// phnt ntexapi.h. Class 5 tells the creation time also of processes that may not be opened.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;
    using System.Runtime.InteropServices;
    using System.Text;

    public sealed class ProcessRow
    {
        public uint ProcessId { get; set; }

        public uint ParentId { get; set; }

        public string Name { get; set; }

        /// <summary>Null where it was not or could not be asked.</summary>
        public string Path { get; set; }

        /// <summary>FILETIME; 0 where there is none.</summary>
        public long Created { get; set; }

        public int Session { get; set; }

        /// <summary>
        /// It is never opened, for whatever right. To open lsass is what thieves of credentials do: it holds few ports and is not
        /// worth the alarm.
        /// </summary>
        public bool IsGuarded
        {
            get { return string.Equals(Name, "lsass.exe", StringComparison.OrdinalIgnoreCase); }
        }
    }

    /// <summary>Path of the image of a process, which is opened for that; null where it cannot be told.</summary>
    public delegate string PathQuery(uint processId);

    public static class ProcessTable
    {
        private const int SystemProcessInformation = 5;
        private const int CreateTimeOffset = 0x20;
        private const int ImageNameOffset = 0x38;
        private const int LongestPath = 32768;

        /// <summary>Rows: ProcessRow. Without paths no process is opened.</summary>
        public static Answer Read(bool withPaths)
        {
            using (GrowingBuffer buffer = new GrowingBuffer(AskSystem))
            {
                if (buffer.Status != NtStatus.Success)
                {
                    return Answer.OfNtStatus("NtQuerySystemInformation(SystemProcessInformation)", buffer.Status);
                }
                List<ProcessRow> rows = new List<ProcessRow>(Parse(buffer.Memory, buffer.Size, IntPtr.Size));
                if (withPaths)
                {
                    AddPaths(rows, PathOf);
                }
                return Answer.OfRows(rows.ToArray(), null);
            }
        }

        /// <summary>Asks for the path of each process that may be opened.</summary>
        public static void AddPaths(IEnumerable<ProcessRow> rows, PathQuery query)
        {
            foreach (ProcessRow row in rows)
            {
                if (row.ProcessId != 0 && !row.IsGuarded)
                {
                    row.Path = query(row.ProcessId);
                }
            }
        }

        /// <summary>Rows of a buffer of `size` bytes at `memory`, as a process of the given pointer size gets it.</summary>
        public static IList<ProcessRow> Parse(IntPtr memory, int size, int pointerSize)
        {
            List<ProcessRow> rows = new List<ProcessRow>();
            int fixedSize = ImageNameOffset + (pointerSize == 8 ? 0x30 : 0x1C);
            int offset = 0;
            int next;
            do
            {
                if (offset < 0 || offset > size - fixedSize)
                {
                    break;
                }
                rows.Add(ParseRow(memory + offset, pointerSize));
                next = Marshal.ReadInt32(memory, offset);
                offset += next;
            }
            while (next > 0);
            return rows;
        }

        private static uint AskSystem(IntPtr memory, int length, out int returned)
        {
            return NtDll.NtQuerySystemInformation(SystemProcessInformation, memory, length, out returned);
        }

        private static ProcessRow ParseRow(IntPtr entry, int pointerSize)
        {
            int afterName = ImageNameOffset + 2 * pointerSize;
            // BasePriority stands before the ids and is as wide as a pointer.
            int processId = afterName + pointerSize;
            int nameLength = (ushort)Marshal.ReadInt16(entry, ImageNameOffset) / 2;
            IntPtr name = Marshal.ReadIntPtr(entry, ImageNameOffset + pointerSize);
            ProcessRow row = new ProcessRow
            {
                ProcessId = (uint)Marshal.ReadInt32(entry, processId),
                ParentId = (uint)Marshal.ReadInt32(entry, processId + pointerSize),
                Created = Marshal.ReadInt64(entry, CreateTimeOffset),
                Session = Marshal.ReadInt32(entry, processId + 2 * pointerSize + 4),
                Name = name == IntPtr.Zero || nameLength == 0 ? "" : Marshal.PtrToStringUni(name, nameLength)
            };
            if (row.ProcessId == 0)
            {
                // The kernel has no image for it; this is how Windows' own tools call it.
                row.Name = "System Idle Process";
            }
            return row;
        }

        private static string PathOf(uint processId)
        {
            using (ProcessHandle process = new ProcessHandle(Kernel32.OpenProcess(Kernel32.ProcessQueryLimitedInformation, false, processId)))
            {
                if (process.IsInvalid)
                {
                    return null;
                }
                StringBuilder path = new StringBuilder(LongestPath);
                uint length = (uint)path.Capacity;
                return Kernel32.QueryFullProcessImageNameW(process, 0, path, ref length) ? path.ToString() : null;
            }
        }
    }
}
