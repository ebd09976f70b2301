// Knows what is found out about one handle while it is inspected.
namespace PortExhaustion.Native
{
    public enum HandleVerdict
    {
        /// <summary>Could not be duplicated or named.</summary>
        Unknown,

        /// <summary>Not AFD, or gone.</summary>
        Other,

        /// <summary>On systems that tell no names: a socket or a pipe, which only its answers can tell.</summary>
        Candidate,

        Afd
    }

    public sealed class HandleFinding
    {
        public AfdRow Row { get; private set; }

        public HandleVerdict Verdict { get; internal set; }

        /// <summary>The system does not tell the names of devices.</summary>
        internal bool IsNameless { get; set; }

        public bool IsTimedOut { get; internal set; }

        internal bool IsBegun
        {
            get { return IsTimedOut || Row.DuplicateStatus != NtStatus.NotAsked; }
        }

        private HandleFinding(AfdRow row, HandleVerdict verdict)
        {
            Row = row;
            Verdict = verdict;
        }

        internal HandleFinding(HandleTable table, int index)
        {
            Row = new AfdRow
            {
                ProcessId = table.ProcessId(index),
                Handle = table.Handle(index),
                ObjectAddress = table.ObjectAddress(index),
                GrantedAccess = table.GrantedAccess(index),
                DuplicateStatus = NtStatus.NotAsked
            };
        }

        /// <summary>
        /// What is known of a handle whose worker is stuck at `step`. A copy, since that worker may come back at any time and
        /// write into its own.
        /// </summary>
        internal HandleFinding StuckAt(InspectionStep step)
        {
            HandleFinding copy = new HandleFinding(Row.Copy(), Verdict);
            copy.IsTimedOut = step != InspectionStep.Close;
            switch (step)
            {
                case InspectionStep.Duplicate:
                case InspectionStep.Name:
                    copy.Verdict = HandleVerdict.Unknown;
                    break;
                case InspectionStep.Address:
                    copy.Verdict = Verdict == HandleVerdict.Candidate || IsNameless ? HandleVerdict.Unknown : Verdict;
                    copy.Row.AddressStatus = NtStatus.Timeout;
                    copy.Row.Address = new byte[0];
                    break;
                case InspectionStep.Context:
                    copy.Row.ContextStatus = NtStatus.Timeout;
                    copy.Row.Context = new byte[0];
                    copy.Row.Kind = new byte[0];
                    break;
            }
            return copy;
        }
    }
}
