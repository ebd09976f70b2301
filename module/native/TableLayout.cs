// Knows where the rows of a port table begin and how long they are, so that an answer is cut to what was written.
// Knowledge comes from: tcpmib.h, udpmib.h, iprtrmib.h as handles.md section 4 has them, checked there against Wine 8.0.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;

    internal sealed class TableLayout
    {
        internal const int Ipv4 = 2;
        internal const int Ipv6 = 23;
        internal const int TcpOwnerPid = 5;
        internal const int TcpOwnerModule = 8;
        internal const int UdpOwnerPid = 1;
        internal const int UdpOwnerModule = 2;

        internal int HeaderSize { get; private set; }

        internal int RowSize { get; private set; }

        private TableLayout(int headerSize, int rowSize)
        {
            HeaderSize = headerSize;
            RowSize = rowSize;
        }

        internal static TableLayout OfTcp(int family, int tableClass)
        {
            if (tableClass == TcpOwnerModule)
            {
                return new TableLayout(8, family == Ipv4 ? 160 : 192);
            }
            return new TableLayout(4, family == Ipv4 ? 24 : 56);
        }

        internal static TableLayout OfUdp(int family, int tableClass)
        {
            if (tableClass == UdpOwnerModule)
            {
                return new TableLayout(8, family == Ipv4 ? 160 : 176);
            }
            return new TableLayout(4, family == Ipv4 ? 12 : 28);
        }

        /// <summary>MIB_TCPROW2 and MIB_TCP6ROW2.</summary>
        internal static TableLayout OfBoundTcp(int family)
        {
            return new TableLayout(4, family == Ipv4 ? 28 : 60);
        }

        /// <summary>Bytes of a table that says it has `count` rows.</summary>
        internal long Size(uint count)
        {
            return HeaderSize + (long)count * RowSize;
        }

        /// <summary>Bytes of header and whole rows that `available` bytes can hold.</summary>
        internal long WholeRows(long available)
        {
            return available < HeaderSize ? 0 : available - (available - HeaderSize) % RowSize;
        }
    }
}
