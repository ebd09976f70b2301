// Knows how iphlpapi gives tables of bound endpoints, which Wine's does not: allocated from the heap that it is handed. Compiled
// together with module/native by NativeCalls.Tests.ps1.
namespace PortExhaustion.Native
{
    using System;
    using System.Runtime.InteropServices;

    public sealed class FakeBound
    {
        private IntPtr last;

        /// <summary>The table; null for none at all.</summary>
        public byte[] Table;
        public int Error;

        public Answer Read(int family)
        {
            return BoundTables.ReadTcp("InternalGetBound", family, Query);
        }

        /// <summary>The last table is no block of the heap any more.</summary>
        public bool IsFreed()
        {
            return !HeapValidate(GetProcessHeap(), 0, last);
        }

        private int Query(out IntPtr table, IntPtr heap, uint heapFlags)
        {
            table = IntPtr.Zero;
            if (Error == 0 && Table != null)
            {
                table = HeapAlloc(heap, heapFlags, new IntPtr(Table.Length));
                Marshal.Copy(Table, 0, table, Table.Length);
            }
            last = table;
            return Error;
        }

        [DllImport("kernel32.dll")]
        private static extern IntPtr GetProcessHeap();

        [DllImport("kernel32.dll")]
        private static extern IntPtr HeapAlloc(IntPtr heap, uint flags, IntPtr size);

        [DllImport("kernel32.dll")]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool HeapValidate(IntPtr heap, uint flags, IntPtr memory);
    }
}
