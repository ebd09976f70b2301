// Knows how the handles of one process are walked: in slices, as a leak may have a million of them and only AFD handles are worth
// keeping; and that of very many sockets an even part is asked for its address: a share of each slice when it has been walked, so
// that a leak too large for the time has ports all the same, and what is left of the number at the end.
namespace PortExhaustion.Native
{
    using System;
    using System.Collections.Generic;

    internal sealed class ProcessWalk
    {
        private readonly InspectionCrew crew;
        private readonly InspectionRules rules;
        private readonly OpenedProcess process;
        private readonly InspectionRow row;
        private readonly List<HandleFinding> kept = new List<HandleFinding>();
        private int asked;
        private bool isEnough = true;
        private bool isOver;
        private bool isShallow;

        internal ProcessWalk(InspectionCrew crew, InspectionRules rules, OpenedProcess process, InspectionRow row)
        {
            this.crew = crew;
            this.rules = rules;
            this.process = process;
            this.row = row;
        }

        /// <summary>Fills the row and adds the AFD handles to `found`. `indexes` are entries of `table`.</summary>
        internal void Run(HandleTable table, int[] indexes, AfdHandles found)
        {
            bool isLarge = indexes.Length > rules.MostQueried;
            for (int start = 0; start < indexes.Length && isEnough && !isOver; start += rules.SliceSize)
            {
                HandleFinding[] slice = new HandleFinding[Math.Min(rules.SliceSize, indexes.Length - start)];
                for (int index = 0; index < slice.Length; index++)
                {
                    slice[index] = new HandleFinding(table, indexes[start + index]);
                }
                int before = kept.Count;
                Ask(slice, !isLarge);
                Keep(slice);
                if (isLarge)
                {
                    AskSome(before, (int)(((long)rules.MostQueried * slice.Length + indexes.Length - 1) / indexes.Length));
                }
            }
            if (isLarge)
            {
                AskSome(0, rules.MostQueried - asked);
            }
            Tell(found);
            row.Status = StatusOf(isLarge && kept.Count > asked);
        }

        private void Ask(HandleFinding[] findings, bool isDeep)
        {
            InspectionBatch batch = crew.NewBatch(process, findings, isDeep);
            isEnough = crew.Run(ref batch);
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

        /// <summary>Asks an even part of those of `kept` from `start` on that were not asked, `most` at most.</summary>
        private void AskSome(int start, int most)
        {
            List<int> open = new List<int>();
            for (int place = start; place < kept.Count; place++)
            {
                if (kept[place].Row.AddressStatus == NtStatus.NotAsked)
                {
                    open.Add(place);
                }
            }
            int count = Math.Min(open.Count, Math.Min(most, rules.MostQueried - asked));
            if (count <= 0 || !isEnough || isOver)
            {
                return;
            }
            HandleFinding[] sample = new HandleFinding[count];
            for (int index = 0; index < count; index++)
            {
                sample[index] = kept[PlaceOf(open, index, count)];
            }
            asked += count;
            Ask(sample, true);
            for (int index = 0; index < count; index++)
            {
                // One at which a worker got stuck is a copy.
                kept[PlaceOf(open, index, count)] = sample[index];
            }
        }

        private static int PlaceOf(List<int> open, int index, int count)
        {
            return open[(int)((long)index * open.Count / count)];
        }

        private void Tell(AfdHandles found)
        {
            foreach (HandleFinding finding in kept)
            {
                row.Count(finding);
                if (finding.Verdict == HandleVerdict.Afd)
                {
                    found.Add(finding.Row);
                }
            }
        }

        private string StatusOf(bool isSampled)
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
