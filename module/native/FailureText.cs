// Knows how a failed call reads in front of a person, and which failures are refusals and which mean that this Windows does
// not have what was asked for.
// Knowledge comes from: [MS-ERREF] 2.2 (Win32 error codes) and 2.3 (NTSTATUS values).
namespace PortExhaustion.Native
{
    using System.ComponentModel;
    using System.Globalization;

    internal static class FailureText
    {
        internal static string OfNtStatus(string call, uint status)
        {
            string text = new Win32Exception(NtDll.RtlNtStatusToDosError(status)).Message;
            return string.Format(CultureInfo.InvariantCulture, "{0} gave 0x{1:X8} ({2})", call, status, Trimmed(text));
        }

        internal static string OfWin32(string call, int error)
        {
            return string.Format(CultureInfo.InvariantCulture, "{0} gave error {1} ({2})", call, error, Trimmed(new Win32Exception(error).Message));
        }

        internal static string KindOfNtStatus(uint status)
        {
            switch (status)
            {
                case NtStatus.AccessDenied:
                case NtStatus.PrivilegeNotHeld:
                    return "refused";
                case NtStatus.NotImplemented:
                case NtStatus.InvalidInfoClass:
                case NtStatus.NotSupported:
                    return "absent";
                default:
                    return "failed";
            }
        }

        internal static string KindOfWin32(int error)
        {
            switch (error)
            {
                case 5: // ERROR_ACCESS_DENIED
                case 1314: // ERROR_PRIVILEGE_NOT_HELD
                    return "refused";
                case 50: // ERROR_NOT_SUPPORTED
                case 120: // ERROR_CALL_NOT_IMPLEMENTED
                case 127: // ERROR_PROC_NOT_FOUND
                    return "absent";
                default:
                    return "failed";
            }
        }

        private static string Trimmed(string text)
        {
            return text.Trim().TrimEnd('.');
        }
    }
}
