// Knows how SeDebugPrivilege is enabled for a while. With it administrators may open processes of other accounts, and from
// Windows 11 24H2 on the handle table shows object addresses only to those who have it enabled. It belongs to the process, in which
// several runs may need it at once.
// Knowledge comes from: phnt ntrtl.h (RtlAdjustPrivilege, SE_DEBUG_PRIVILEGE = 20); windows-internals.com/kaslr-leaks-restriction.
namespace PortExhaustion.Native
{
    using System;

    public sealed class DebugPrivilege : IDisposable
    {
        private const int Number = 20;
        private static readonly object Gate = new object();
        private static int users;
        private static bool wasEnabled;
        private bool isUser;

        /// <summary>It is enabled now.</summary>
        public bool IsEnabled { get; private set; }

        private DebugPrivilege()
        {
        }

        public static DebugPrivilege Enable()
        {
            lock (Gate)
            {
                bool was;
                DebugPrivilege privilege = new DebugPrivilege();
                privilege.isUser = NtDll.RtlAdjustPrivilege(Number, true, false, out was) == NtStatus.Success;
                privilege.IsEnabled = privilege.isUser;
                if (privilege.isUser)
                {
                    // Only the first of several runs finds it as it was before them.
                    wasEnabled = users == 0 ? was : wasEnabled;
                    users++;
                }
                return privilege;
            }
        }

        /// <summary>The last one leaves the privilege as the first one found it. The process may belong to somebody else's work.</summary>
        public void Dispose()
        {
            lock (Gate)
            {
                if (!isUser)
                {
                    return;
                }
                isUser = false;
                users--;
                bool ignored;
                if (users == 0 && !wasEnabled)
                {
                    NtDll.RtlAdjustPrivilege(Number, false, false, out ignored);
                }
            }
        }
    }
}
