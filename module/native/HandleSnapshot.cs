// Knows the order of things: a File handle of our own first, then the handle table, in which it tells the type index of File, and
// then, with the process list that was read after it, what is behind the handles.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;
    using System.IO;

    public sealed class HandleSnapshot : IDisposable
    {
        private readonly FileProbe probe = new FileProbe();
        private readonly HandleTable table;

        /// <summary>read, partial, refused, failed or absent.</summary>
        public string Status
        {
            get { return table.Status; }
        }

        public string Reason
        {
            get { return table.Reason; }
        }

        private HandleSnapshot()
        {
            table = HandleTable.Read();
        }

        public static HandleSnapshot Take()
        {
            return new HandleSnapshot();
        }

        public void WriteTo(Stream stream)
        {
            table.WriteTo(stream);
        }

        /// <summary>Rows: InspectionRow. `running`: ProcessRow of each process, read after this snapshot was taken.</summary>
        public Answer Inspect(object[] running, int timeoutSeconds)
        {
            if (table.Count == 0)
            {
                return new Answer(Status, "there is no handle table: " + Reason, null, new object[0], 0);
            }
            // Without the list lsass could not be told from others.
            if (running.Length == 0)
            {
                return new Answer("failed", "no handle is inspected without a list of processes", null, new object[0], 0);
            }
            FileHandles files = new FileHandles(table, Kernel32.GetCurrentProcessId(), (ulong)probe.Handle.ToInt64());
            if (files.TypeIndex < 0)
            {
                return new Answer("failed", "the handle table does not hold the File handle that was opened for it", null, new object[0], 0);
            }
            InspectionRules rules = new InspectionRules { BudgetMs = timeoutSeconds * 1000, IsWine = HostFacts.IsWine() };
            rules.Created = new Dictionary<uint, long>();
            foreach (object item in running)
            {
                rules.Learn((ProcessRow)item);
            }
            return new AfdInspection(table, files, new ProcessQueries(), NewQueries, rules).Run();
        }

        public void Dispose()
        {
            table.Dispose();
            probe.Dispose();
        }

        private static IHandleQueries NewQueries()
        {
            return new HandleQueries();
        }
    }
}
