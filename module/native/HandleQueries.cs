// Knows the calls that tell what is behind a duplicated handle, and which memory they need.
// Knowledge comes from: handles.md sections 2 and 3 (System Informer's nativesocket.c and hndlinfo.c, decompiled ntoskrnl). The
// ApcContext is always NULL: with another value the owner's completion port would get a packet that it never asked for.
// A duplicate may lack SYNCHRONIZE, so waiting is for an own event, never for the file.
namespace PortExhaustion.Native
{
    using System;
    using System.Runtime.InteropServices;

    internal sealed class HandleQueries : IHandleQueries
    {
        internal const int OutputSize = 0x400;
        private const int ObjectBasicInformation = 0;
        private const int ObjectTypeInformation = 2;
        private const int FileFsDeviceInformation = 4;
        private const int FileVolumeNameInformation = 58;
        private const int UntoldSize = 0x100;
        private const int BasicInformationSize = 0x38;
        private const uint DuplicateSameAccess = 2;
        // Shorter than every limit of InspectionRules: who is left alone has cancelled its request before.
        private const uint PendingMs = 40;
        private const uint Infinite = 0xFFFFFFFF;
        private const uint WaitTimeout = 0x102;

        private readonly IntPtr output = Marshal.AllocHGlobal(OutputSize);
        private readonly IntPtr ioStatus = Marshal.AllocHGlobal(2 * IntPtr.Size);
        private readonly IntPtr cancelStatus = Marshal.AllocHGlobal(2 * IntPtr.Size);
        private readonly IntPtr signal = Kernel32.CreateEventW(IntPtr.Zero, false, false, null);

        public uint Duplicate(IntPtr process, ulong handle, bool sameAccess, out IntPtr duplicate)
        {
            // Never DUPLICATE_CLOSE_SOURCE, and no attributes: protection from closing must not be copied.
            IntPtr source = new IntPtr(unchecked((long)handle));
            return NtDll.NtDuplicateObject(process, source, Kernel32.CurrentProcess, out duplicate, 0, 0, sameAccess ? DuplicateSameAccess : 0);
        }

        public uint TypeName(IntPtr duplicate, out string name)
        {
            int returned;
            uint status = NtDll.NtQueryObject(duplicate, ObjectTypeInformation, output, OutputSize, out returned);
            // OBJECT_TYPE_INFORMATION begins with a UNICODE_STRING, whose text lies behind it in the same buffer.
            name = status == NtStatus.Success
                ? Marshal.PtrToStringUni(Marshal.ReadIntPtr(output, IntPtr.Size), Marshal.ReadInt16(output) / 2)
                : null;
            return status;
        }

        public uint HandleCount(IntPtr duplicate, out uint count)
        {
            int returned;
            uint status = NtDll.NtQueryObject(duplicate, ObjectBasicInformation, output, BasicInformationSize, out returned);
            count = status == NtStatus.Success ? (uint)Marshal.ReadInt32(output, 0x08) : 0;
            return status;
        }

        public uint DeviceName(IntPtr duplicate, out byte[] name)
        {
            Marshal.WriteInt32(output, 0);
            uint status = NtDll.NtQueryInformationFile(duplicate, ioStatus, output, OutputSize, FileVolumeNameInformation);
            name = null;
            if (status == NtStatus.Success)
            {
                int length = Math.Max(0, Math.Min(Marshal.ReadInt32(output), OutputSize - 4)) & ~1;
                name = Copy(output + 4, length);
            }
            return status;
        }

        public uint DeviceType(IntPtr duplicate, out uint type)
        {
            uint status = NtDll.NtQueryVolumeInformationFile(duplicate, ioStatus, output, OutputSize, FileFsDeviceInformation);
            type = status == NtStatus.Success ? (uint)Marshal.ReadInt32(output) : 0;
            return status;
        }

        public uint Control(IntPtr duplicate, uint code, out byte[] data)
        {
            data = null;
            for (int offset = 0; offset < OutputSize; offset += 8)
            {
                Marshal.WriteInt64(output, offset, 0);
            }
            Marshal.WriteIntPtr(ioStatus, IntPtr.Size, IntPtr.Zero);
            uint status = NtDll.NtDeviceIoControlFile(
                duplicate, signal, IntPtr.Zero, IntPtr.Zero, ioStatus, code, IntPtr.Zero, 0, output, OutputSize);
            if (status == NtStatus.Pending)
            {
                status = Await(duplicate);
            }
            if (status == NtStatus.Success || status == NtStatus.BufferOverflow)
            {
                data = Copy(output, OutputLength());
            }
            return status;
        }

        public void Close(IntPtr duplicate)
        {
            NtDll.NtClose(duplicate);
        }

        public void Dispose()
        {
            foreach (IntPtr memory in new[] { output, ioStatus, cancelStatus })
            {
                Marshal.FreeHGlobal(memory);
            }
            Kernel32.CloseHandle(signal);
        }

        /// <summary>AFD does not always tell how much it wrote. The buffer was zero before, and no answer begins with zeros.</summary>
        private int OutputLength()
        {
            long told = Marshal.ReadIntPtr(ioStatus, IntPtr.Size).ToInt64();
            bool isUntold = told <= 0 && Marshal.ReadInt64(output) != 0;
            return isUntold ? UntoldSize : (int)Math.Max(0, Math.Min(told, OutputSize));
        }

        private static byte[] Copy(IntPtr from, int length)
        {
            byte[] bytes = new byte[length];
            Marshal.Copy(from, bytes, 0, length);
            return bytes;
        }

        /// <summary>The driver may write until the request is completed, so even a cancelled one is waited for.</summary>
        private uint Await(IntPtr duplicate)
        {
            bool isLate = Kernel32.WaitForSingleObject(signal, PendingMs) == WaitTimeout;
            if (isLate)
            {
                NtDll.NtCancelIoFileEx(duplicate, ioStatus, cancelStatus);
                Kernel32.WaitForSingleObject(signal, Infinite);
            }
            uint status = (uint)Marshal.ReadInt32(ioStatus);
            return isLate && status != NtStatus.Success ? NtStatus.Timeout : status;
        }
    }
}
