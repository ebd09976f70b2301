// Knows how the tables of TCP connections, TCP listeners and UDP endpoints are asked for: with the creation time of each row,
// and without it where that form is not to be had.
// Knowledge comes from: iphlpapi.h (GetExtendedTcpTable, GetExtendedUdpTable); handles.md sections 4 and 8.
namespace PortExhaustion.Native
{
    using System;
    using System.Runtime.InteropServices;

    /// <summary>As GetExtendedTcpTable: a Win32 error; `size` is what is there and becomes what is needed.</summary>
    public delegate int TableQuery(IntPtr table, ref int size, int family, int tableClass);

    public static class PortTables
    {
        private const int InsufficientBuffer = 122;
        private const int MostTries = 6;

        public static Answer ReadTcp(int family)
        {
            return ReadTcp(family, AskTcp);
        }

        public static Answer ReadTcp(int family, TableQuery query)
        {
            Answer answer = Read("GetExtendedTcpTable", query, family, TableLayout.TcpOwnerModule, TableLayout.OfTcp(family, TableLayout.TcpOwnerModule));
            return answer.Bytes != null
                ? answer
                : Read("GetExtendedTcpTable", query, family, TableLayout.TcpOwnerPid, TableLayout.OfTcp(family, TableLayout.TcpOwnerPid));
        }

        public static Answer ReadUdp(int family)
        {
            return ReadUdp(family, AskUdp);
        }

        public static Answer ReadUdp(int family, TableQuery query)
        {
            Answer answer = Read("GetExtendedUdpTable", query, family, TableLayout.UdpOwnerModule, TableLayout.OfUdp(family, TableLayout.UdpOwnerModule));
            return answer.Bytes != null
                ? answer
                : Read("GetExtendedUdpTable", query, family, TableLayout.UdpOwnerPid, TableLayout.OfUdp(family, TableLayout.UdpOwnerPid));
        }

        private static int AskTcp(IntPtr table, ref int size, int family, int tableClass)
        {
            return GetExtendedTcpTable(table, ref size, false, family, tableClass, 0);
        }

        private static int AskUdp(IntPtr table, ref int size, int family, int tableClass)
        {
            return GetExtendedUdpTable(table, ref size, false, family, tableClass, 0);
        }

        private static Answer Read(string call, TableQuery query, int family, int tableClass, TableLayout layout)
        {
            int size = 0;
            int error = query(IntPtr.Zero, ref size, family, tableClass);
            for (int tries = 1; error == InsufficientBuffer && tries < MostTries; tries++)
            {
                // Connections come while the table is being fetched.
                int room = (int)Math.Min(int.MaxValue, Math.Max(size, layout.HeaderSize) * 5L / 4);
                IntPtr memory;
                try
                {
                    memory = Marshal.AllocHGlobal(room);
                }
                catch (OutOfMemoryException)
                {
                    const int notEnoughMemory = 8;
                    return Answer.OfWin32(call, notEnoughMemory);
                }
                try
                {
                    size = room;
                    error = query(memory, ref size, family, tableClass);
                    if (error == 0)
                    {
                        return Take(memory, room, tableClass, layout);
                    }
                }
                finally
                {
                    Marshal.FreeHGlobal(memory);
                }
            }
            return error == 0 ? Answer.OfBytes(new byte[layout.HeaderSize], tableClass, null) : Answer.OfWin32(call, error);
        }

        private static Answer Take(IntPtr memory, int room, int tableClass, TableLayout layout)
        {
            long whole = layout.Size((uint)Marshal.ReadInt32(memory));
            byte[] bytes = new byte[Math.Min(whole, layout.WholeRows(room))];
            Marshal.Copy(memory, bytes, 0, bytes.Length);
            return Answer.OfBytes(bytes, tableClass, whole > bytes.Length ? "the table says that it has more rows than came with it" : null);
        }

        [DllImport("iphlpapi.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern int GetExtendedTcpTable(
            IntPtr table, ref int size, [MarshalAs(UnmanagedType.Bool)] bool isSorted, int family, int tableClass, int reserved);

        [DllImport("iphlpapi.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern int GetExtendedUdpTable(
            IntPtr table, ref int size, [MarshalAs(UnmanagedType.Bool)] bool isSorted, int family, int tableClass, int reserved);
    }
}
