// Knows which services run in which process.
// Knowledge comes from: winsvc.h (EnumServicesStatusExW, ENUM_SERVICE_STATUS_PROCESSW: two pointers, then SERVICE_STATUS_PROCESS,
// whose eighth field is dwProcessId); [MS-SCMR] 3.1.4.42 (REnumServicesStatusExW: buffers of 256 KB at most; the rest comes with
// the next call, from the resume index on).
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;
    using System.Runtime.InteropServices;

    public sealed class ServiceRow
    {
        public uint ProcessId { get; set; }

        public string Name { get; set; }
    }

    /// <summary>
    /// As EnumServicesStatusExW: fills `size` bytes with `count` services from `resume` on, which becomes where the next call goes
    /// on. 0, or the Win32 error.
    /// </summary>
    public delegate int ServiceQuery(IntPtr manager, IntPtr services, int size, out int count, ref int resume);

    public static class ServiceTable
    {
        private const uint ManagerConnectAndEnumerate = 0x0001 | 0x0004;
        private const uint ServiceWin32 = 0x30;
        private const uint ServiceActive = 1;
        private const int MoreData = 234;
        private const int MostCalls = 256;
        private const int BufferSize = 256 * 1024;

        /// <summary>Rows: ServiceRow.</summary>
        public static Answer Read()
        {
            IntPtr manager = OpenSCManagerW(null, null, ManagerConnectAndEnumerate);
            if (manager == IntPtr.Zero)
            {
                return Answer.OfWin32("OpenSCManager", Marshal.GetLastWin32Error());
            }
            try
            {
                return Read(manager, Ask);
            }
            finally
            {
                CloseServiceHandle(manager);
            }
        }

        /// <summary>What came before a call failed is kept.</summary>
        public static Answer Read(IntPtr manager, ServiceQuery query)
        {
            List<object> rows = new List<object>();
            IntPtr memory = Marshal.AllocHGlobal(BufferSize);
            try
            {
                int error = MoreData;
                int resume = 0;
                for (int calls = 0; error == MoreData && calls < MostCalls; calls++)
                {
                    int count;
                    error = query(manager, memory, BufferSize, out count, ref resume);
                    bool hasRows = error == 0 || error == MoreData;
                    rows.AddRange(Parse(memory, hasRows ? Math.Min(count, BufferSize / EntrySize) : 0));
                }
                if (error == 0)
                {
                    return Answer.OfRows(rows.ToArray(), null);
                }
                Answer failure = Answer.OfWin32("EnumServicesStatusEx", error);
                return rows.Count == 0 ? failure : Answer.OfRows(rows.ToArray(), failure.Reason);
            }
            finally
            {
                Marshal.FreeHGlobal(memory);
            }
        }

        private static int Ask(IntPtr manager, IntPtr services, int size, out int count, ref int resume)
        {
            int needed;
            bool isWhole = EnumServicesStatusExW(manager, 0, ServiceWin32, ServiceActive, services, size, out needed, out count, ref resume, null);
            return isWhole ? 0 : Marshal.GetLastWin32Error();
        }

        private static int EntrySize
        {
            // Nine fields of four bytes, in whole pointers.
            get { return 2 * IntPtr.Size + (IntPtr.Size == 8 ? 40 : 36); }
        }

        private static List<object> Parse(IntPtr memory, int count)
        {
            List<object> rows = new List<object>();
            for (int index = 0; index < count; index++)
            {
                IntPtr entry = memory + index * EntrySize;
                rows.Add(new ServiceRow
                {
                    Name = Marshal.PtrToStringUni(Marshal.ReadIntPtr(entry)),
                    ProcessId = (uint)Marshal.ReadInt32(entry, 2 * IntPtr.Size + 7 * 4)
                });
            }
            return rows;
        }

        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        private static extern IntPtr OpenSCManagerW(string machine, string database, uint access);

        [DllImport("advapi32.dll", SetLastError = true)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool CloseServiceHandle(IntPtr handle);

        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool EnumServicesStatusExW(
            IntPtr manager, int level, uint type, uint state, IntPtr services, int size, out int needed, out int count, ref int resume, string group);
    }
}
