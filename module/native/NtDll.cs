// Knows the native calls of ntdll.dll that this folder uses, and the NTSTATUS values that it tells apart.
// Knowledge comes from: System Informer's phnt headers (ntexapi.h, ntioapi.h, ntobapi.h), [MS-ERREF] 2.3.
namespace PortExhaustion.Native
{
    using System;
    using System.Runtime.InteropServices;

    internal static class NtStatus
    {
        internal const uint Success = 0;
        internal const uint Timeout = 0x00000102;
        internal const uint Pending = 0x00000103;
        internal const uint BufferOverflow = 0x80000005;
        internal const uint NotImplemented = 0xC0000002;
        internal const uint InvalidInfoClass = 0xC0000003;
        internal const uint InfoLengthMismatch = 0xC0000004;
        internal const uint InvalidHandle = 0xC0000008;
        internal const uint InvalidParameter = 0xC000000D;
        internal const uint NoMemory = 0xC0000017;
        internal const uint AccessDenied = 0xC0000022;
        internal const uint PrivilegeNotHeld = 0xC0000061;
        internal const uint NotSupported = 0xC00000BB;
        internal const uint ProcessIsTerminating = 0xC000010A;

        /// <summary>Not a status of Windows: the question was not asked (docs/capture-format.md).</summary>
        internal const uint NotAsked = 0xFFFFFFFF;
    }

    internal static class NtDll
    {
        [DllImport("ntdll.dll")]
        internal static extern uint NtQuerySystemInformation(int informationClass, IntPtr buffer, int length, out int returned);

        [DllImport("ntdll.dll")]
        internal static extern uint NtQueryObject(IntPtr handle, int informationClass, IntPtr buffer, int length, out int returned);

        [DllImport("ntdll.dll")]
        internal static extern uint NtQueryInformationFile(IntPtr handle, IntPtr ioStatus, IntPtr buffer, int length, int informationClass);

        [DllImport("ntdll.dll")]
        internal static extern uint NtQueryVolumeInformationFile(IntPtr handle, IntPtr ioStatus, IntPtr buffer, int length, int informationClass);

        [DllImport("ntdll.dll")]
        internal static extern uint NtDuplicateObject(
            IntPtr sourceProcess, IntPtr sourceHandle, IntPtr targetProcess, out IntPtr targetHandle, uint access, uint attributes, uint options);

        [DllImport("ntdll.dll")]
        internal static extern uint NtDeviceIoControlFile(
            IntPtr handle, IntPtr signal, IntPtr apcRoutine, IntPtr apcContext, IntPtr ioStatus, uint code, IntPtr input, int inputLength, IntPtr output, int outputLength);

        [DllImport("ntdll.dll")]
        internal static extern uint NtCancelIoFileEx(IntPtr handle, IntPtr ioStatusToCancel, IntPtr ioStatus);

        [DllImport("ntdll.dll")]
        internal static extern uint NtClose(IntPtr handle);

        [DllImport("ntdll.dll")]
        internal static extern int RtlNtStatusToDosError(uint status);

        [DllImport("ntdll.dll")]
        internal static extern uint RtlAdjustPrivilege(
            int privilege, [MarshalAs(UnmanagedType.U1)] bool enable, [MarshalAs(UnmanagedType.U1)] bool threadOnly, [MarshalAs(UnmanagedType.U1)] out bool was);

        [DllImport("ntdll.dll")]
        internal static extern uint RtlGetVersion(IntPtr versionInformation);
    }
}
