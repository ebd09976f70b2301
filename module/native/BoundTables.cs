// Knows how the TCP endpoints are asked for that are bound and neither listen nor are connected. No documented call tells them.
// Knowledge comes from: System Informer's netprv.h and netprv.c (InternalGetBoundTcpEndpointTable and ...Tcp6...: Windows 8.1 and
// later; the table comes from the heap that is given). The row is that of MIB_TCPTABLE2 and MIB_TCP6TABLE2 (tcpmib.h).
namespace PortExhaustion.Native
{
    using System;
    using System.Runtime.InteropServices;

    /// <summary>A Win32 error; the table comes from `heap`.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    public delegate int BoundQuery(out IntPtr table, IntPtr heap, uint heapFlags);

    public static class BoundTables
    {
        public static Answer ReadTcp(int family)
        {
            string name = family == TableLayout.Ipv4 ? "InternalGetBoundTcpEndpointTable" : "InternalGetBoundTcp6EndpointTable";
            IntPtr export = Kernel32.SystemExport("iphlpapi.dll", name);
            if (export == IntPtr.Zero)
            {
                return new Answer("absent", "iphlpapi.dll of this system has no " + name, null, new object[0], 0);
            }
            return ReadTcp(name, family, (BoundQuery)Marshal.GetDelegateForFunctionPointer(export, typeof(BoundQuery)));
        }

        /// <summary>`name` is that of the call, for what is said of it.</summary>
        public static Answer ReadTcp(string name, int family, BoundQuery query)
        {
            IntPtr table;
            int error = query(out table, Kernel32.GetProcessHeap(), 0);
            try
            {
                return error == 0 ? Take(table, TableLayout.OfBoundTcp(family)) : Answer.OfWin32(name, error);
            }
            finally
            {
                if (table != IntPtr.Zero)
                {
                    Kernel32.HeapFree(Kernel32.GetProcessHeap(), 0, table);
                }
            }
        }

        /// <summary>What the count says, but no more than what was allocated: the layout is documented for another call only.</summary>
        private static Answer Take(IntPtr table, TableLayout layout)
        {
            if (table == IntPtr.Zero)
            {
                return Answer.OfBytes(new byte[layout.HeaderSize], 0, null);
            }
            long allocated = Kernel32.HeapSize(Kernel32.GetProcessHeap(), 0, table).ToInt64();
            if (allocated < layout.HeaderSize)
            {
                return new Answer("failed", "the table of bound endpoints has no size", null, new object[0], 0);
            }
            long whole = layout.Size((uint)Marshal.ReadInt32(table));
            byte[] bytes = new byte[Math.Min(whole, layout.WholeRows(allocated))];
            Marshal.Copy(table, bytes, 0, bytes.Length);
            return Answer.OfBytes(bytes, 0, whole > bytes.Length ? "the table says that it has more rows than it has room for" : null);
        }
    }
}
