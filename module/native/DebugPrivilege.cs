// Knows how SeDebugPrivilege is enabled for a while. With it administrators may open processes of other accounts, and from
// Windows 11 24H2 on the handle table shows object addresses only to those who have it enabled.
// Knowledge comes from: phnt ntrtl.h (RtlAdjustPrivilege, SE_DEBUG_PRIVILEGE = 20); windows-internals.com/kaslr-leaks-restriction.
namespace PortExhaustion.Native
{
    using System;

    public sealed class DebugPrivilege : IDisposable
    {
        private const int Number = 20;
        private readonly bool was;

        /// <summary>It is enabled now.</summary>
        public bool IsEnabled { get; private set; }

        private DebugPrivilege(bool isEnabled, bool was)
        {
            IsEnabled = isEnabled;
            this.was = was;
        }

        public static DebugPrivilege Enable()
        {
            bool was;
            uint status = NtDll.RtlAdjustPrivilege(Number, true, false, out was);
            return new DebugPrivilege(status == NtStatus.Success, was);
        }

        /// <summary>Leaves the privilege as it was found. The process may belong to somebody else's work.</summary>
        public void Dispose()
        {
            bool ignored;
            if (IsEnabled && !was)
            {
                NtDll.RtlAdjustPrivilege(Number, false, false, out ignored);
            }
        }
    }
}
