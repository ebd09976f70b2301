// Knows which event trace sessions run on this machine and which files they write.
// Knowledge comes from: evntrace.h (QueryAllTracesW; EVENT_TRACE_PROPERTIES: WNODE_HEADER of 48 bytes, MaximumFileSize at 0x3C,
// LogFileMode at 0x40, LoggerThreadId at 0x68, then LogFileNameOffset and LoggerNameOffset); Microsoft's page of QueryAllTraces: at
// most 64 sessions are asked for, with ERROR_MORE_DATA where there are more, and names of up to 1024 characters.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;
    using System.Runtime.InteropServices;

    public sealed class TraceSessionRow
    {
        public string Name { get; set; }

        /// <summary>Path as the session has it; empty where it writes no file.</summary>
        public string LogFile { get; set; }

        public uint LogFileMode { get; set; }

        /// <summary>In MB; 0 means no limit.</summary>
        public uint MaximumFileSize { get; set; }
    }

    /// <summary>As QueryAllTracesW: fills the sessions that an array of pointers leads to. 0, or the Win32 error.</summary>
    public delegate int TraceSessionQuery(IntPtr properties, int room, out int count);

    public static class TraceSessions
    {
        public const int MostSessions = 64;
        public const int MostCharacters = 1024;
        private const int MoreData = 234;
        private const int MaximumFileSizeAt = 0x3C;
        private const int LogFileModeAt = 0x40;
        private const int LoggerThreadIdAt = 0x68;

        /// <summary>Bytes of EVENT_TRACE_PROPERTIES, of both widths: with pointers of four bytes the last four fill up to eight.</summary>
        public const int HeadSize = 120;

        /// <summary>Bytes of a session: the head, its name, its file's name.</summary>
        public const int SessionSize = HeadSize + (2 * MostCharacters * sizeof(char));

        /// <summary>Rows: TraceSessionRow.</summary>
        public static Answer Read()
        {
            return Read(QueryAllTracesW);
        }

        public static Answer Read(TraceSessionQuery query)
        {
            IntPtr sessions = Marshal.AllocHGlobal(MostSessions * SessionSize);
            IntPtr pointers = Marshal.AllocHGlobal(MostSessions * IntPtr.Size);
            try
            {
                for (int index = 0; index < MostSessions; index++)
                {
                    IntPtr session = IntPtr.Add(sessions, index * SessionSize);
                    Prepare(session);
                    Marshal.WriteIntPtr(pointers, index * IntPtr.Size, session);
                }
                int count;
                int error = query(pointers, MostSessions, out count);
                if (error != 0 && error != MoreData)
                {
                    return Answer.OfWin32("QueryAllTraces", error);
                }
                List<object> rows = new List<object>();
                for (int index = 0; index < Math.Min(Math.Max(count, 0), MostSessions); index++)
                {
                    rows.Add(Parse(IntPtr.Add(sessions, index * SessionSize)));
                }
                return Answer.OfRows(rows.ToArray(), error == MoreData ? FailureText.OfWin32("QueryAllTraces", error) : null);
            }
            finally
            {
                Marshal.FreeHGlobal(pointers);
                Marshal.FreeHGlobal(sessions);
            }
        }

        private static void Prepare(IntPtr session)
        {
            Marshal.Copy(new byte[SessionSize], 0, session, SessionSize);
            Marshal.WriteInt32(session, SessionSize);
            Marshal.WriteInt32(session, LoggerThreadIdAt + IntPtr.Size, HeadSize + (MostCharacters * sizeof(char)));
            Marshal.WriteInt32(session, LoggerThreadIdAt + IntPtr.Size + 4, HeadSize);
        }

        private static TraceSessionRow Parse(IntPtr session)
        {
            return new TraceSessionRow
            {
                Name = TextAt(session, Marshal.ReadInt32(session, LoggerThreadIdAt + IntPtr.Size + 4)),
                LogFile = TextAt(session, Marshal.ReadInt32(session, LoggerThreadIdAt + IntPtr.Size)),
                LogFileMode = (uint)Marshal.ReadInt32(session, LogFileModeAt),
                MaximumFileSize = (uint)Marshal.ReadInt32(session, MaximumFileSizeAt)
            };
        }

        /// <summary>Text up to its zero, or up to where this session's memory ends; empty where the offset leads out of it.</summary>
        private static string TextAt(IntPtr session, int offset)
        {
            if (offset < HeadSize || offset >= SessionSize)
            {
                return string.Empty;
            }
            string text = Marshal.PtrToStringUni(IntPtr.Add(session, offset), (SessionSize - offset) / sizeof(char));
            int end = text.IndexOf('\0');
            return end < 0 ? text : text.Substring(0, end);
        }

        [DllImport("advapi32.dll", CharSet = CharSet.Unicode)]
        private static extern int QueryAllTracesW(IntPtr properties, int room, out int count);
    }
}
