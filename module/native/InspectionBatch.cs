// Knows a piece of work for the worker: handles of one process, and how far to go with them.
namespace PortExhaustion.Native
{
    using System;
    using System.Diagnostics;

    internal sealed class InspectionBatch
    {
        private readonly Stopwatch clock;
        private readonly long budgetMs;

        internal OpenedProcess Process { get; private set; }

        internal HandleFinding[] Findings { get; private set; }

        /// <summary>Ask AFD handles for their address and context, which may block.</summary>
        internal bool IsDeep { get; private set; }

        /// <summary>First finding that was not begun.</summary>
        internal int Next { get; set; }

        internal bool IsOutOfTime { get; set; }

        /// <summary>The process ended meanwhile.</summary>
        internal bool IsOver { get; set; }

        /// <summary>A handle was met whose device has no name: this system tells none.</summary>
        internal bool IsNameless { get; set; }

        /// <summary>Type of the first object, where it is to be checked and is not File.</summary>
        internal string WrongType { get; set; }

        internal bool IsTypeWanted { get; set; }

        /// <summary>A mistake in this code, which must not end the host: a worker has nobody above it who would catch.</summary>
        internal Exception Fault { get; set; }

        internal InspectionBatch(OpenedProcess process, HandleFinding[] findings, bool isDeep, Stopwatch clock, long budgetMs)
        {
            Process = process;
            Findings = findings;
            IsDeep = isDeep;
            this.clock = clock;
            this.budgetMs = budgetMs;
        }

        internal bool HasTime
        {
            get { return clock.ElapsedMilliseconds < budgetMs; }
        }

        /// <summary>What was not begun, as a batch of its own, which without `mayAsk` asks nothing that may block.</summary>
        internal InspectionBatch Rest(bool mayAsk)
        {
            return new InspectionBatch(Process, Findings, IsDeep && mayAsk, clock, budgetMs) { Next = Next, IsTypeWanted = IsTypeWanted };
        }
    }
}
