// Knows the limits of an inspection, and what is known of processes before it. A target must not feel it, and the run must end.
namespace PortExhaustion.Native
{
    using System.Collections.Generic;

    public sealed class InspectionRules
    {
        public int BudgetMs { get; set; }

        /// <summary>How long one question may take before its worker is left alone.</summary>
        public int CallMs { get; set; }

        /// <summary>Workers left alone before only names are asked.</summary>
        public int MostStuck { get; set; }

        /// <summary>
        /// As CallMs where devices tell no name (Windows 7): there every pipe must be asked, and each service process has one that
        /// is blocked by design (the pipe of the service control manager). So less time for each, and more of them.
        /// </summary>
        public int NamelessCallMs { get; set; }

        /// <summary>As MostStuck there.</summary>
        public int NamelessMostStuck { get; set; }

        /// <summary>Workers left alone there at one process before the next one has its turn.</summary>
        public int NamelessMostStuckInProcess { get; set; }

        /// <summary>Handles of a process that are walked before some of them are asked for their address.</summary>
        public int SliceSize { get; set; }

        /// <summary>AFD handles of one process that are all asked for their address; of more an even part is.</summary>
        public int MostQueried { get; set; }

        public bool IsWine { get; set; }

        /// <summary>Processes that are never opened.</summary>
        public Dictionary<uint, bool> Skipped { get; private set; }

        /// <summary>Creation time (FILETIME) of each process that ran after the handle table was read; null where it is not known.</summary>
        public Dictionary<uint, long> Created { get; set; }

        public InspectionRules()
        {
            BudgetMs = 10000;
            CallMs = 250;
            MostStuck = 8;
            NamelessCallMs = 50;
            NamelessMostStuck = 64;
            NamelessMostStuckInProcess = 2;
            SliceSize = 1 << 15;
            MostQueried = 20000;
            Skipped = new Dictionary<uint, bool> { { 0, true }, { 4, true } };
        }

        /// <summary>Takes in a process that runs.</summary>
        public void Learn(ProcessRow process)
        {
            Created[process.ProcessId] = process.Created;
            if (process.IsGuarded)
            {
                Skipped[process.ProcessId] = true;
            }
        }
    }
}
