// Knows which entries of a handle table are of type File: those with the type index of a handle that is known to be one.
// Knowledge comes from: handles.md section 1: the index changes from build to build, and the table of object types disagrees with
// the handle table under Wine 8.0; only an own handle tells it everywhere.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;

    /// <summary>A handle of type File that stays open until it is disposed.</summary>
    public sealed class FileProbe : IDisposable
    {
        public IntPtr Handle { get; private set; }

        public FileProbe()
        {
            const uint genericRead = 0x80000000;
            const uint shareAll = 7;
            const uint openExisting = 3;
            Handle = Kernel32.CreateFileW("NUL", genericRead, shareAll, IntPtr.Zero, openExisting, 0, IntPtr.Zero);
        }

        public void Dispose()
        {
            Kernel32.CloseHandle(Handle);
        }
    }

    public sealed class FileHandles
    {
        private readonly Dictionary<uint, List<int>> byProcess = new Dictionary<uint, List<int>>();

        /// <summary>Type index of File in this table; -1 where the known handle is not in it.</summary>
        public int TypeIndex { get; private set; }

        /// <summary>`knownProcess` and `knownHandle` name a File handle that is in the table and of no interest itself.</summary>
        public FileHandles(HandleTable table, uint knownProcess, ulong knownHandle)
        {
            TypeIndex = -1;
            int known = IndexOf(table, knownProcess, knownHandle);
            if (known < 0)
            {
                return;
            }
            TypeIndex = table.TypeIndex(known);
            for (int index = 0; index < table.Count; index++)
            {
                if (index != known && table.TypeIndex(index) == TypeIndex)
                {
                    ListOf(table.ProcessId(index)).Add(index);
                }
            }
        }

        /// <summary>Process ids with File handles, those with most first, so that a spent time budget does little harm.</summary>
        public uint[] Processes()
        {
            uint[] ids = new uint[byProcess.Count];
            byProcess.Keys.CopyTo(ids, 0);
            Array.Sort(ids, CompareByCount);
            return ids;
        }

        /// <summary>Indexes into the handle table.</summary>
        public int[] Of(uint processId)
        {
            return byProcess[processId].ToArray();
        }

        private static int IndexOf(HandleTable table, uint processId, ulong handle)
        {
            for (int index = 0; index < table.Count; index++)
            {
                if (table.ProcessId(index) == processId && table.Handle(index) == handle)
                {
                    return index;
                }
            }
            return -1;
        }

        private int CompareByCount(uint left, uint right)
        {
            int order = byProcess[right].Count.CompareTo(byProcess[left].Count);
            return order != 0 ? order : left.CompareTo(right);
        }

        private List<int> ListOf(uint processId)
        {
            List<int> list;
            if (!byProcess.TryGetValue(processId, out list))
            {
                list = new List<int>();
                byProcess.Add(processId, list);
            }
            return list;
        }
    }
}
