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
        private bool isNameless;

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
            get { return Fault != null || clock.ElapsedMilliseconds >= rules.BudgetMs || stuck > MostStuck; }
        }

        /// <summary>How long one question may take on this system.</summary>
        internal int CallMs
        {
            get { return isNameless ? rules.NamelessCallMs : rules.CallMs; }
        }

        private int MostStuck
        {
            get { return isNameless ? rules.NamelessMostStuck : rules.MostStuck; }
        }

        internal InspectionBatch NewBatch(OpenedProcess process, HandleFinding[] findings, bool isDeep)
        {
            return new InspectionBatch(process, findings, isDeep && MayAsk(process), clock, rules.BudgetMs) { IsTypeWanted = !isTypeChecked };
        }

        /// <summary>
        /// Works `batch` off; it is another one afterwards where a worker got stuck. False where it could not be brought to its
        /// end.
        /// </summary>
        internal bool Run(ref InspectionBatch batch)
        {
            while (batch.Next < batch.Findings.Length && !batch.IsOver && !batch.IsOutOfTime && Fault == null)
            {
                if (stuck > MostStuck)
                {
                    return false;
                }
                worker = worker ?? new InspectionWorker(newQueries(), rules.IsWine);
                worker.Begin(batch);
                Watch(ref batch);
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

        private bool MayAsk(OpenedProcess process)
        {
            return stuck < MostStuck && (!isNameless || process.Stuck < rules.NamelessMostStuckInProcess);
        }

        private void Watch(ref InspectionBatch batch)
        {
            int position = 0;
            InspectionStep step = InspectionStep.Duplicate;
            bool isDone;
            do
            {
                isDone = worker.WaitDone(PollMs);
                // Wine tells no names either, but nothing blocks there, and its server may be slow.
                isNameless = isNameless || (batch.IsNameless && !rules.IsWine);
            }
            while (!isDone && !worker.LeaveIfStuck(CallMs, out position, out step));
            if (isDone)
            {
                return;
            }
            worker = null;
            stuck++;
            batch.Process.Stuck++;
            batch.Findings[position] = batch.Findings[position].StuckAt(step);
            // The old batch is left to the stuck worker, which may still write into it.
            batch = batch.Rest(MayAsk(batch.Process));
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
