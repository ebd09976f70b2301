// Knows which services run in which process.
// Knowledge comes from: winsvc.h (EnumServicesStatusExW, ENUM_SERVICE_STATUS_PROCESSW: two pointers, then SERVICE_STATUS_PROCESS,
// whose eighth field is dwProcessId).
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

    public static class ServiceTable
    {
        private const uint ManagerConnectAndEnumerate = 0x0001 | 0x0004;
        private const uint ServiceWin32 = 0x30;
        private const uint ServiceActive = 1;
        private const int MoreData = 234;
        private const int MostTries = 5;

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
                return Enumerate(manager);
            }
            finally
            {
                CloseServiceHandle(manager);
            }
        }

        private static Answer Enumerate(IntPtr manager)
        {
            int size = 1 << 16;
            int error = MoreData;
            for (int tries = 0; error == MoreData && tries < MostTries; tries++)
            {
                IntPtr memory = Marshal.AllocHGlobal(size);
                try
                {
                    int needed, count, resume = 0;
                    bool isWhole = EnumServicesStatusExW(manager, 0, ServiceWin32, ServiceActive, memory, size, out needed, out count, ref resume, null);
                    error = isWhole ? 0 : Marshal.GetLastWin32Error();
                    if (isWhole)
                    {
                        return Answer.OfRows(Parse(memory, Math.Min(count, size / EntrySize)));
                    }
                    // `needed` is what is still missing, and services may start meanwhile.
                    size += needed + needed / 4 + 4096;
                }
                finally
                {
                    Marshal.FreeHGlobal(memory);
                }
            }
            return Answer.OfWin32("EnumServicesStatusEx", error);
        }

        private static int EntrySize
        {
            // Nine fields of four bytes, in whole pointers.
            get { return 2 * IntPtr.Size + (IntPtr.Size == 8 ? 40 : 36); }
        }

        private static object[] Parse(IntPtr memory, int count)
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
            return rows.ToArray();
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
