// Knows how to ask a question whose answer is of unknown and changing size: with a larger buffer each time.
// Knowledge comes from: NtQuerySystemInformation as handles.md section 1 tells it: on C0000004 ReturnLength is that of the whole
// system at that moment, handles come and go between two calls, and Wine 8.0 gives 0 for it.
namespace PortExhaustion.Native
{
    using System;
    using System.Runtime.InteropServices;

    /// <summary>As NtQuerySystemInformation: fills `length` bytes and tells how many there are.</summary>
    public delegate uint SystemQuery(IntPtr buffer, int length, out int returned);

    public sealed class GrowingBuffer : IDisposable
    {
        private const int FirstSize = 1 << 20;
        private const int LargestSize = 1 << 30;
        private const int MostTries = 10;

        public IntPtr Memory { get; private set; }

        public int Size { get; private set; }

        /// <summary>ReturnLength of the last call.</summary>
        public int Returned { get; private set; }

        public uint Status { get; private set; }

        public int Tries { get; private set; }

        public GrowingBuffer(SystemQuery query)
        {
            int size = FirstSize;
            for (Status = NtStatus.InfoLengthMismatch; Status == NtStatus.InfoLengthMismatch && Tries < MostTries && size > Size; Tries++)
            {
                if (!Resize(size))
                {
                    return;
                }
                Ask(query);
                size = NextSize(Size, Returned);
            }
        }

        public void Dispose()
        {
            Marshal.FreeHGlobal(Memory);
            Memory = IntPtr.Zero;
        }

        private static int NextSize(int size, int returned)
        {
            long wished = Math.Max(2L * size, returned + returned / 8L + (64 << 10));
            return (int)Math.Min(wished, LargestSize);
        }

        private bool Resize(int size)
        {
            Marshal.FreeHGlobal(Memory);
            Memory = IntPtr.Zero;
            Size = 0;
            try
            {
                Memory = Marshal.AllocHGlobal(size);
            }
            catch (OutOfMemoryException)
            {
                Status = NtStatus.NoMemory;
                return false;
            }
            Size = size;
            return true;
        }

        private void Ask(SystemQuery query)
        {
            int returned;
            // A header that nobody wrote must not be taken for a count.
            Marshal.WriteInt64(Memory, 0);
            Marshal.WriteInt64(Memory, 8, 0);
            Status = query(Memory, Size, out returned);
            Returned = Math.Max(0, returned);
        }
    }
}
