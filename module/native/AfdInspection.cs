// Knows how to find the AFD handles of all processes within a time: those with most File handles first, blocked handles passed
// over, and for each process how it went.
// Knowledge comes from: handles.md sections 3 and 8.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;
    using System.Diagnostics;
    using System.IO;
    using System.Linq;

    public delegate IHandleQueries NewHandleQueries();

    public sealed class AfdInspection
    {
        private const int PollMs = 10;
        private readonly HandleTable table;
        private readonly FileHandles files;
        private readonly IProcessQueries processes;
        private readonly NewHandleQueries newQueries;
        private readonly InspectionRules rules;
        private readonly Stopwatch clock = new Stopwatch();
        private readonly List<InspectionRow> rows = new List<InspectionRow>();
        private readonly List<AfdRow> afdRows = new List<AfdRow>();
        private InspectionWorker worker;
        private int stuck;
        private bool isTypeChecked;
        private string fault;

        public AfdInspection(
            HandleTable table, FileHandles files, IProcessQueries processes, NewHandleQueries newQueries, InspectionRules rules)
        {
            this.table = table;
            this.files = files;
            this.processes = processes;
            this.newQueries = newQueries;
            this.rules = rules;
        }

        public Answer Run()
        {
            clock.Start();
            foreach (uint processId in files.Processes())
            {
                rows.Add(Inspect(processId));
            }
            if (worker != null)
            {
                worker.End();
            }
            if (fault != null)
            {
                return new Answer("failed", fault, null, rows.ToArray(), 0);
            }
            string shortfall = InspectionShortfall.Of(rows, rules);
            return new Answer(shortfall == null ? "read" : "partial", shortfall, Bytes(), rows.ToArray(), 0);
        }

        private byte[] Bytes()
        {
            using (MemoryStream stream = new MemoryStream())
            {
                BinaryWriter writer = new BinaryWriter(stream);
                foreach (AfdRow row in afdRows)
                {
                    row.WriteTo(writer);
                }
                writer.Flush();
                return stream.ToArray();
            }
        }

        private bool IsOpenable(uint processId, InspectionRow row)
        {
            row.Status = null;
            if (rules.Skipped.Contains(processId))
            {
                row.Status = "skipped";
            }
            else if (fault != null || clock.ElapsedMilliseconds >= rules.BudgetMs || stuck > rules.MostStuck)
            {
                row.Status = "out-of-time";
            }
            else if (rules.Created != null && !rules.Created.ContainsKey(processId))
            {
                row.Status = "exited";
            }
            return row.Status == null;
        }

        private InspectionRow Inspect(uint processId)
        {
            int[] indexes = files.Of(processId);
            InspectionRow row = new InspectionRow { ProcessId = processId, FileHandles = indexes.Length };
            if (!IsOpenable(processId, row))
            {
                return row;
            }
            IntPtr process;
            long created;
            int error = processes.Open(processId, out process, out created);
            if (error != 0)
            {
                const int invalidParameter = 87; // no process has this id
                row.Status = error == invalidParameter ? "exited" : "refused";
                row.Error = error;
                return row;
            }
            bool mayClose = true;
            try
            {
                if (IsAnotherLife(processId, created))
                {
                    row.Status = "exited";
                    return row;
                }
                mayClose = Walk(process, row, indexes);
                return row;
            }
            finally
            {
                // A worker that is stuck while it duplicates goes on using this handle.
                if (mayClose)
                {
                    processes.Close(process);
                }
            }
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

        /// <summary>Fills `row`. False where a stuck worker still uses `process`.</summary>
        private bool Walk(IntPtr process, InspectionRow row, int[] indexes)
        {
            HandleFinding[] findings = Array.ConvertAll(indexes, index => new HandleFinding(table, index));
            // Whether a process has too many sockets to ask them all is only known when all were told apart.
            bool isLarge = findings.Length > rules.MostQueried;
            bool mayClose = true;
            InspectionBatch batch = NewBatch(process, findings, !isLarge);
            bool isEnough = RunBatch(ref batch, ref mayClose);
            bool isSampled = false;
            if (isLarge && isEnough)
            {
                HandleFinding[] sample = Sample(findings, out isSampled);
                batch = NewBatch(process, sample, true);
                isEnough = RunBatch(ref batch, ref mayClose);
                Replace(findings, sample);
            }
            Tell(row, findings, batch, isEnough, isSampled);
            return mayClose;
        }

        private void Tell(InspectionRow row, HandleFinding[] findings, InspectionBatch batch, bool isEnough, bool isSampled)
        {
            foreach (HandleFinding finding in findings.Where(one => one.Row.DuplicateStatus != NtStatus.NotAsked || one.IsTimedOut))
            {
                row.Count(finding);
                if (finding.Verdict == HandleVerdict.Afd)
                {
                    afdRows.Add(finding.Row);
                }
            }
            bool isBegun = row.Inspected + row.Refused > 0;
            row.Status = batch.IsOver ? "exited"
                : !isEnough || !batch.IsDeep ? (isBegun ? "partial" : "out-of-time")
                : isSampled ? "sampled"
                : "inspected";
        }

        private InspectionBatch NewBatch(IntPtr process, HandleFinding[] findings, bool isDeep)
        {
            bool mayAsk = stuck < rules.MostStuck;
            return new InspectionBatch(process, findings, isDeep && mayAsk, clock, rules.BudgetMs) { IsTypeWanted = !isTypeChecked };
        }

        /// <summary>Every n-th AFD handle where there are too many. What is nameless is asked as it comes.</summary>
        private HandleFinding[] Sample(HandleFinding[] findings, out bool isSampled)
        {
            HandleFinding[] afd = findings.Where(one => one.Verdict >= HandleVerdict.Candidate).ToArray();
            isSampled = afd.Length > rules.MostQueried;
            if (!isSampled)
            {
                return afd;
            }
            HandleFinding[] sample = new HandleFinding[rules.MostQueried];
            for (int index = 0; index < sample.Length; index++)
            {
                sample[index] = afd[(long)index * afd.Length / sample.Length];
            }
            return sample;
        }

        /// <summary>A finding of the sample that was copied when its worker got stuck takes the place of its original.</summary>
        private static void Replace(HandleFinding[] findings, HandleFinding[] sample)
        {
            Dictionary<ulong, HandleFinding> byHandle = sample.ToDictionary(one => one.Row.Handle);
            for (int index = 0; index < findings.Length; index++)
            {
                HandleFinding newer;
                if (byHandle.TryGetValue(findings[index].Row.Handle, out newer))
                {
                    findings[index] = newer;
                }
            }
        }

        /// <summary>False where time, or the number of workers that may be left, ran out before the end.</summary>
        private bool RunBatch(ref InspectionBatch batch, ref bool mayClose)
        {
            while (batch.Next < batch.Findings.Length && !batch.IsOver && !batch.IsOutOfTime && batch.Fault == null && fault == null)
            {
                if (stuck > rules.MostStuck)
                {
                    return false;
                }
                worker = worker ?? new InspectionWorker(newQueries(), rules.IsWine);
                worker.Begin(batch);
                Watch(ref batch, ref mayClose);
                isTypeChecked = isTypeChecked || !batch.IsTypeWanted;
                NoteFault(batch);
            }
            return !batch.IsOutOfTime && fault == null;
        }

        private void Watch(ref InspectionBatch batch, ref bool mayClose)
        {
            int position;
            InspectionStep step;
            while (!worker.WaitDone(PollMs))
            {
                if (!worker.LeaveIfStuck(rules.CallMs, out position, out step))
                {
                    continue;
                }
                worker = null;
                stuck++;
                batch.Findings[position] = batch.Findings[position].StuckAt(step);
                mayClose = mayClose && step > InspectionStep.Name;
                // The old batch is left to the stuck worker, which may still write into it.
                batch = stuck < rules.MostStuck ? batch.Rest() : batch.Shallow();
                return;
            }
        }

        private void NoteFault(InspectionBatch batch)
        {
            if (batch.WrongType != null)
            {
                fault = "the handle table names as File what is of type " + batch.WrongType;
            }
            else if (batch.Fault != null)
            {
                fault = "the inspection of handles broke: " + batch.Fault.Message;
            }
        }
    }
}
