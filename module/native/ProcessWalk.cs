// Knows how the handles of one process are walked: in slices, as a leak may have a million of them and only AFD handles are worth
// keeping; and that of very many sockets an even part is asked for its address, which can only be chosen when all are told apart.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;

    internal sealed class ProcessWalk
    {
        private const int SliceSize = 1 << 15;
        private readonly InspectionCrew crew;
        private readonly int mostQueried;
        private readonly IntPtr process;
        private readonly InspectionRow row;
        private readonly List<HandleFinding> kept = new List<HandleFinding>();
        private bool mayClose = true;
        private bool isEnough = true;
        private bool isOver;
        private bool isShallow;
        private bool isSampled;

        internal ProcessWalk(InspectionCrew crew, int mostQueried, IntPtr process, InspectionRow row)
        {
            this.crew = crew;
            this.mostQueried = mostQueried;
            this.process = process;
            this.row = row;
        }

        /// <summary>No stuck worker uses the handle of the process.</summary>
        internal bool MayClose
        {
            get { return mayClose; }
        }

        /// <summary>Fills the row and gives the AFD handles. `indexes` are entries of `table`.</summary>
        internal IList<AfdRow> Run(HandleTable table, int[] indexes)
        {
            bool isLarge = indexes.Length > mostQueried;
            for (int start = 0; start < indexes.Length && isEnough && !isOver; start += SliceSize)
            {
                HandleFinding[] slice = new HandleFinding[Math.Min(SliceSize, indexes.Length - start)];
                for (int index = 0; index < slice.Length; index++)
                {
                    slice[index] = new HandleFinding(table, indexes[start + index]);
                }
                Ask(slice, !isLarge);
                Keep(slice);
            }
            if (isLarge && isEnough && !isOver)
            {
                AskSample();
            }
            List<AfdRow> found = Tell();
            row.Status = StatusOf();
            return found;
        }

        private void Ask(HandleFinding[] findings, bool isDeep)
        {
            InspectionBatch batch = crew.NewBatch(process, findings, isDeep);
            isEnough = crew.Run(ref batch, ref mayClose);
            isOver = batch.IsOver;
            isShallow = isShallow || (isDeep && !batch.IsDeep);
        }

        /// <summary>Counts what is no socket and forgets it.</summary>
        private void Keep(HandleFinding[] slice)
        {
            foreach (HandleFinding finding in slice)
            {
                if (finding.Verdict >= HandleVerdict.Candidate)
                {
                    kept.Add(finding);
                }
                else if (finding.IsBegun)
                {
                    row.Count(finding);
                }
            }
        }

        /// <summary>Every n-th of the AFD handles where there are too many, else all.</summary>
        private void AskSample()
        {
            isSampled = kept.Count > mostQueried;
            int count = Math.Min(kept.Count, mostQueried);
            int[] places = new int[count];
            HandleFinding[] sample = new HandleFinding[count];
            for (int index = 0; index < count; index++)
            {
                places[index] = (int)((long)index * kept.Count / count);
                sample[index] = kept[places[index]];
            }
            Ask(sample, true);
            for (int index = 0; index < count; index++)
            {
                // One at which a worker got stuck is a copy.
                kept[places[index]] = sample[index];
            }
        }

        private List<AfdRow> Tell()
        {
            List<AfdRow> found = new List<AfdRow>();
            foreach (HandleFinding finding in kept)
            {
                row.Count(finding);
                if (finding.Verdict == HandleVerdict.Afd)
                {
                    found.Add(finding.Row);
                }
            }
            return found;
        }

        private string StatusOf()
        {
            if (isOver)
            {
                return "exited";
            }
            if (!isEnough || isShallow)
            {
                return row.Inspected + row.Refused > 0 ? "partial" : "out-of-time";
            }
            return isSampled ? "sampled" : "inspected";
        }
    }
}
