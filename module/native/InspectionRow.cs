// Knows how the inspection of one process is told: `inspection` of engine/contract/capture.schema.json.
namespace PortExhaustion.Native
{
    public sealed class InspectionRow
    {
        public uint ProcessId { get; set; }

        public string Status { get; set; }

        public int FileHandles { get; set; }

        public int Inspected { get; set; }

        public int Refused { get; set; }

        public int AfdHandles { get; set; }

        public int Queried { get; set; }

        public int TimedOut { get; set; }

        /// <summary>Win32 error of opening the process; null where it opened.</summary>
        public int? Error { get; set; }

        internal void Count(HandleFinding finding)
        {
            bool isUnknown = finding.Verdict == HandleVerdict.Unknown || finding.Verdict == HandleVerdict.Candidate;
            bool isAfd = finding.Verdict == HandleVerdict.Afd;
            Refused += isUnknown ? 1 : 0;
            Inspected += isUnknown ? 0 : 1;
            AfdHandles += isAfd ? 1 : 0;
            Queried += isAfd && finding.Row.AddressStatus != NtStatus.NotAsked ? 1 : 0;
            TimedOut += finding.IsTimedOut ? 1 : 0;
        }
    }
}
