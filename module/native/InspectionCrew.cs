// Knows how batches of handles are worked off although a worker may get stuck at any of them: it is left alone, another one goes on
// behind that handle, and after some of them only the questions are asked that do not block.
namespace PortExhaustion.Native
{
    using System;
    using System.Diagnostics;

    internal sealed class InspectionCrew
    {
        private const int PollMs = 10;
        private readonly NewHandleQueries newQueries;
        private readonly InspectionRules rules;
        private readonly Stopwatch clock = Stopwatch.StartNew();
        private InspectionWorker worker;
        private int stuck;
        private bool isTypeChecked;

        /// <summary>Why nothing of this inspection is to be used; null where it may.</summary>
        internal string Fault { get; private set; }

        internal InspectionCrew(NewHandleQueries newQueries, InspectionRules rules)
        {
            this.newQueries = newQueries;
            this.rules = rules;
        }

        /// <summary>Nothing more can be done: a fault, the end of the time, or too many workers that are stuck.</summary>
        internal bool IsSpent
        {
            get { return Fault != null || clock.ElapsedMilliseconds >= rules.BudgetMs || stuck > rules.MostStuck; }
        }

        internal InspectionBatch NewBatch(IntPtr process, HandleFinding[] findings, bool isDeep)
        {
            bool mayAsk = stuck < rules.MostStuck;
            return new InspectionBatch(process, findings, isDeep && mayAsk, clock, rules.BudgetMs) { IsTypeWanted = !isTypeChecked };
        }

        /// <summary>
        /// Works `batch` off; it is another one afterwards where a worker got stuck. False where it could not be brought to its
        /// end. `mayClose` becomes false where a stuck worker still uses the handle of the process.
        /// </summary>
        internal bool Run(ref InspectionBatch batch, ref bool mayClose)
        {
            while (batch.Next < batch.Findings.Length && !batch.IsOver && !batch.IsOutOfTime && Fault == null)
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
            return !batch.IsOutOfTime && Fault == null;
        }

        internal void End()
        {
            if (worker != null)
            {
                worker.End();
            }
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
                batch = batch.Rest(stuck < rules.MostStuck);
                return;
            }
        }

        private void NoteFault(InspectionBatch batch)
        {
            if (batch.WrongType != null)
            {
                Fault = "the handle table names as File what is of type " + batch.WrongType;
            }
            else if (batch.Fault != null)
            {
                Fault = "the inspection of handles broke: " + batch.Fault.Message;
            }
        }
    }
}
