// Knows what decides how this machine can be read: its build, whether it is Wine, and the bitness of this process.
// Knowledge comes from: [MS-ERREF]; RtlGetVersion (wdm.h: OSVERSIONINFOW, dwBuildNumber at 0x0C), which tells the true build
// where GetVersionEx tells what the manifest of the program asks for; Wine's ntdll, which alone exports wine_get_version.
namespace PortExhaustion.Native
{
    using System;
    using System.Runtime.InteropServices;

    public static class HostFacts
    {
        private const int VersionInformationSize = 0x114;

        public static bool IsWine()
        {
            return Kernel32.SystemExport("ntdll.dll", "wine_get_version") != IntPtr.Zero;
        }

        /// <summary>Windows build as 7601 or 26100; 0 where it is not known.</summary>
        public static int Build()
        {
            IntPtr memory = Marshal.AllocHGlobal(VersionInformationSize);
            try
            {
                Marshal.WriteInt32(memory, VersionInformationSize);
                return NtDll.RtlGetVersion(memory) == NtStatus.Success ? Marshal.ReadInt32(memory, 0x0C) : 0;
            }
            finally
            {
                Marshal.FreeHGlobal(memory);
            }
        }
    }
}
