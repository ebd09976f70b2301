// Knows how to find the AFD handles of all processes within a time: those with most File handles first, each opened once and only
// if it is the one that the list of processes means, and for each how it went.
// Knowledge comes from: handles.md sections 3 and 8.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;

    public delegate IHandleQueries NewHandleQueries();

    public sealed class AfdInspection
    {
        private const int InvalidParameter = 87; // of OpenProcess: no process has this id
        private readonly HandleTable table;
        private readonly FileHandles files;
        private readonly IProcessQueries processes;
        private readonly InspectionRules rules;
        private readonly InspectionCrew crew;
        private readonly List<InspectionRow> rows = new List<InspectionRow>();
        private readonly AfdHandles found = new AfdHandles();

        public AfdInspection(
            HandleTable table, FileHandles files, IProcessQueries processes, NewHandleQueries newQueries, InspectionRules rules)
        {
            this.table = table;
            this.files = files;
            this.processes = processes;
            this.rules = rules;
            crew = new InspectionCrew(newQueries, rules);
        }

        public Answer Run()
        {
            foreach (uint processId in files.Processes())
            {
                rows.Add(Inspect(processId));
            }
            crew.End();
            if (crew.Fault != null)
            {
                return new Answer("failed", crew.Fault, null, rows.ToArray(), 0);
            }
            return Answer.OfInspection(found, rows.ToArray(), InspectionShortfall.Of(rows, crew.CallMs));
        }

        private InspectionRow Inspect(uint processId)
        {
            int[] indexes = files.Of(processId);
            InspectionRow row = new InspectionRow { ProcessId = processId, FileHandles = indexes.Length };
            row.Status = Obstacle(processId);
            if (row.Status != null)
            {
                return row;
            }
            IntPtr handle;
            long created;
            int error = processes.Open(processId, out handle, out created);
            if (error != 0)
            {
                row.Status = error == InvalidParameter ? "exited" : "refused";
                row.Error = error;
                return row;
            }
            OpenedProcess process = new OpenedProcess(processes, handle);
            try
            {
                if (IsAnotherLife(processId, created))
                {
                    row.Status = "exited";
                    return row;
                }
                new ProcessWalk(crew, rules, process, row).Run(table, indexes, found);
                return row;
            }
            finally
            {
                process.Release();
            }
        }

        /// <summary>Why a process is not opened, as its status; null where it is.</summary>
        private string Obstacle(uint processId)
        {
            if (rules.Skipped.ContainsKey(processId))
            {
                return "skipped";
            }
            if (crew.IsSpent)
            {
                return "out-of-time";
            }
            return rules.Created != null && !rules.Created.ContainsKey(processId) ? "exited" : null;
        }

        private bool IsAnotherLife(uint processId, long created)
        {
            if (rules.Created == null || created == 0)
            {
                return false;
            }
            long known = rules.Created[processId];
            return known != 0 && known != created;
        }
    }
}
