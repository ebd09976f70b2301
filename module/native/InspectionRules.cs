// Knows the limits of an inspection, and what is known of processes before it. A target must not feel it, and the run must end.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;

    public sealed class InspectionRules
    {
        public int BudgetMs { get; set; }

        /// <summary>How long one question may take before its worker is left alone.</summary>
        public int CallMs { get; set; }

        /// <summary>Workers left alone before only names are asked.</summary>
        public int MostStuck { get; set; }

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
            MostQueried = 20000;
            Skipped = new Dictionary<uint, bool> { { 0, true }, { 4, true } };
        }

        /// <summary>
        /// Takes in a process that runs. To open lsass and to duplicate its handles is what thieves of credentials do: it holds few
        /// ports and is not worth the alarm.
        /// </summary>
        public void Learn(ProcessRow process)
        {
            Created[process.ProcessId] = process.Created;
            if (string.Equals(process.Name, "lsass.exe", StringComparison.OrdinalIgnoreCase))
            {
                Skipped[process.ProcessId] = true;
            }
        }
    }
}
