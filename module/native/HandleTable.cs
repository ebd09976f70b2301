// Knows SystemExtendedHandleInformation: how it is asked for, and where the fields of an entry stand.
// Knowledge comes from: geoffchappell.com/studies/windows/km/ntoskrnl/api/ex/sysinfo/handle_ex.htm and handle_table_entry_ex.htm;
// phnt ntexapi.h. Class 16, the older one, cuts process ids and handles to 16 bits.
namespace PortExhaustion.Native
{
    using System;
    using System.IO;
    using System.Runtime.InteropServices;

    public sealed class HandleTable : IDisposable
    {
        private const int SystemExtendedHandleInformation = 64;
        private const int ChunkSize = 1 << 16;
        private readonly GrowingBuffer buffer;
        private readonly int pointerSize;

        /// <summary>read, partial, refused, failed or absent.</summary>
        public string Status { get; private set; }

        public string Reason { get; private set; }

        /// <summary>Bytes of the answer, header and entries.</summary>
        public int Length { get; private set; }

        /// <summary>Entries that are really there.</summary>
        public int Count { get; private set; }

        private int HeaderSize
        {
            get { return 2 * pointerSize; }
        }

        private int EntrySize
        {
            get { return pointerSize == 8 ? 0x28 : 0x1C; }
        }

        /// <summary>Takes the table from `query`; `pointerSize` is that of the process that asks.</summary>
        public HandleTable(SystemQuery query, int pointerSize)
        {
            this.pointerSize = pointerSize;
            buffer = new GrowingBuffer(query);
            const string call = "NtQuerySystemInformation(SystemExtendedHandleInformation)";
            bool isWhole = buffer.Status == NtStatus.Success;
            if (isWhole || buffer.Status == NtStatus.InfoLengthMismatch)
            {
                Measure();
            }
            Status = isWhole ? "read" : Count > 0 ? "partial" : FailureText.KindOfNtStatus(buffer.Status);
            Reason = isWhole ? null : FailureText.OfNtStatus(call, buffer.Status);
        }

        public static HandleTable Read()
        {
            return new HandleTable(AskSystem, IntPtr.Size);
        }

        public uint ProcessId(int index)
        {
            return (uint)ReadPointer(index, pointerSize);
        }

        public ulong Handle(int index)
        {
            return ReadPointer(index, 2 * pointerSize);
        }

        public ulong ObjectAddress(int index)
        {
            return ReadPointer(index, 0);
        }

        public uint GrantedAccess(int index)
        {
            return (uint)Marshal.ReadInt32(buffer.Memory, OffsetOf(index) + 3 * pointerSize);
        }

        public int TypeIndex(int index)
        {
            return (ushort)Marshal.ReadInt16(buffer.Memory, OffsetOf(index) + 3 * pointerSize + 6);
        }

        /// <summary>Writes the answer as it was returned, in pieces: it may be larger than a managed array should be.</summary>
        public void WriteTo(Stream stream)
        {
            byte[] chunk = new byte[ChunkSize];
            for (int offset = 0; offset < Length; offset += ChunkSize)
            {
                int size = Math.Min(ChunkSize, Length - offset);
                Marshal.Copy(buffer.Memory + offset, chunk, 0, size);
                stream.Write(chunk, 0, size);
            }
        }

        public void Dispose()
        {
            buffer.Dispose();
            Length = 0;
            Count = 0;
        }

        private static uint AskSystem(IntPtr memory, int length, out int returned)
        {
            return NtDll.NtQuerySystemInformation(SystemExtendedHandleInformation, memory, length, out returned);
        }

        /// <summary>The count in the header is that of the whole system, also where not all entries had room.</summary>
        private void Measure()
        {
            ulong counted = pointerSize == 8 ? (ulong)Marshal.ReadInt64(buffer.Memory) : (uint)Marshal.ReadInt32(buffer.Memory);
            Count = (int)Math.Min(counted, (ulong)((buffer.Size - HeaderSize) / EntrySize));
            Length = HeaderSize + Count * EntrySize;
        }

        private int OffsetOf(int index)
        {
            if (index < 0 || index >= Count)
            {
                throw new ArgumentOutOfRangeException("index");
            }
            return HeaderSize + index * EntrySize;
        }

        private ulong ReadPointer(int index, int field)
        {
            int offset = OffsetOf(index) + field;
            return pointerSize == 8 ? (ulong)Marshal.ReadInt64(buffer.Memory, offset) : (uint)Marshal.ReadInt32(buffer.Memory, offset);
        }
    }
}
