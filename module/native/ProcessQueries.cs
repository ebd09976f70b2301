// Knows how a process is opened so that its handles can be duplicated, and how one life of a process id is told from the next.
// Knowledge comes from: processthreadsapi.h. Protected processes refuse PROCESS_DUP_HANDLE to everybody.
namespace PortExhaustion.Native
{
    using System;
    using System.Runtime.InteropServices;

    internal sealed class ProcessQueries : IProcessQueries
    {
        public int Open(uint processId, out IntPtr process, out long created)
        {
            created = 0;
            process = Kernel32.OpenProcess(Kernel32.ProcessDupHandle | Kernel32.ProcessQueryLimitedInformation, false, processId);
            if (process == IntPtr.Zero)
            {
                return Marshal.GetLastWin32Error();
            }
            created = CreationOf(process);
            return 0;
        }

        public void Close(IntPtr process)
        {
            Kernel32.CloseHandle(process);
        }

        private static long CreationOf(IntPtr process)
        {
            long created, exited, kernel, user;
            return Kernel32.GetProcessTimes(process, out created, out exited, out kernel, out user) ? created : 0;
        }
    }
}
