// Knows how to ask questions that may never be answered: in a thread of its own, which is left alone when it is stuck. It cannot
// be ended: a thread of the CLR may hold locks of it, and a wait inside the kernel may not be broken off. What a stuck thread
// uses (its duplicate, its memory) stays until it comes back, and then it cleans up after itself.
namespace PortExhaustion.Native
{
    using System;
    using System.Diagnostics;
    using System.Threading;

    internal sealed class InspectionWorker
    {
        private const int StackSize = 256 * 1024;
        private readonly object gate = new object();
        private readonly AutoResetEvent go = new AutoResetEvent(false);
        private readonly AutoResetEvent done = new AutoResetEvent(false);
        private readonly IHandleQueries queries;
        private readonly HandleInspection inspection;
        private readonly Thread thread;
        private InspectionBatch batch;
        private bool isLeft;
        private int position;
        private InspectionStep step;
        private long stepStart;

        internal InspectionWorker(IHandleQueries queries, bool isWine)
        {
            this.queries = queries;
            inspection = new HandleInspection(queries, isWine);
            thread = new Thread(Run, StackSize) { IsBackground = true, Name = "PortExhaustion handle inspection" };
            // On a machine whose processors are busy it must not look stuck because it does not get one.
            thread.Priority = ThreadPriority.AboveNormal;
            thread.Start();
        }

        internal void Begin(InspectionBatch work)
        {
            lock (gate)
            {
                batch = work;
                // No handle yet: until the thread runs there is nothing that it could be stuck at.
                position = -1;
            }
            go.Set();
        }

        internal bool WaitDone(int milliseconds)
        {
            return done.WaitOne(milliseconds);
        }

        /// <summary>Leaves the worker alone where it is at one step for longer than `limitMs`; tells the handle and the step.</summary>
        internal bool LeaveIfStuck(int limitMs, out int stuckPosition, out InspectionStep stuckStep)
        {
            lock (gate)
            {
                stuckPosition = position;
                stuckStep = step;
                long elapsed = Stopwatch.GetTimestamp() - stepStart;
                // A batch that is done has no step: the answer stands ready.
                isLeft = batch != null && position >= 0 && elapsed * 1000 / Stopwatch.Frequency >= limitMs;
                return isLeft;
            }
        }

        /// <summary>No more work: lets the thread end.</summary>
        internal void End()
        {
            lock (gate)
            {
                batch = null;
                isLeft = true;
            }
            go.Set();
            thread.Join(1000);
        }

        private void Run()
        {
            while (go.WaitOne())
            {
                InspectionBatch work;
                lock (gate)
                {
                    work = batch;
                }
                if (work == null || !Walk(work))
                {
                    break;
                }
                done.Set();
            }
            queries.Dispose();
            go.Dispose();
            done.Dispose();
        }

        /// <summary>False where nobody waits any more.</summary>
        private bool Walk(InspectionBatch work)
        {
            try
            {
                while (work.Next < work.Findings.Length && work.WrongType == null && !work.IsOver)
                {
                    if (!work.HasTime)
                    {
                        work.IsOutOfTime = true;
                        break;
                    }
                    if (!Inspect(work))
                    {
                        return false;
                    }
                }
            }
            catch (Exception fault)
            {
                work.Fault = fault;
            }
            lock (gate)
            {
                batch = null;
                return !isLeft;
            }
        }

        private bool StartStep(InspectionStep next)
        {
            lock (gate)
            {
                step = next;
                stepStart = Stopwatch.GetTimestamp();
                return !isLeft;
            }
        }

        private bool StartHandle(InspectionBatch work, out HandleFinding finding)
        {
            lock (gate)
            {
                finding = null;
                if (isLeft)
                {
                    return false;
                }
                position = work.Next;
                work.Next = position + 1;
                finding = work.Findings[position];
            }
            return StartStep(InspectionStep.Duplicate);
        }

        private bool Inspect(InspectionBatch work)
        {
            HandleFinding finding;
            if (!StartHandle(work, out finding))
            {
                return false;
            }
            IntPtr duplicate;
            uint status = inspection.Open(work.Process, finding, out duplicate);
            if (status != NtStatus.Success)
            {
                work.IsOver = status == NtStatus.ProcessIsTerminating;
                // Closed by its owner since the table was read: certainly no socket that holds a port now.
                finding.Verdict = status == NtStatus.InvalidHandle ? HandleVerdict.Other : HandleVerdict.Unknown;
                return StartStep(InspectionStep.Close);
            }
            try
            {
                return Ask(work, finding, ref duplicate);
            }
            finally
            {
                queries.Close(duplicate);
            }
        }

        /// <summary>Ends with the step Close begun, as the caller closes whatever happens.</summary>
        private bool Ask(InspectionBatch work, HandleFinding finding, ref IntPtr duplicate)
        {
            if (!StartStep(InspectionStep.Name))
            {
                return false;
            }
            CheckType(work, duplicate);
            if (work.WrongType != null)
            {
                return StartStep(InspectionStep.Close);
            }
            inspection.Name(work.Process, finding, ref duplicate);
            if (work.IsDeep && finding.Verdict >= HandleVerdict.Candidate)
            {
                if (!StartStep(InspectionStep.Address))
                {
                    return false;
                }
                inspection.Address(finding, duplicate);
            }
            if (work.IsDeep && finding.Verdict == HandleVerdict.Afd)
            {
                if (!StartStep(InspectionStep.Context))
                {
                    return false;
                }
                inspection.Context(finding, duplicate);
            }
            return StartStep(InspectionStep.Close);
        }

        private void CheckType(InspectionBatch work, IntPtr duplicate)
        {
            string name;
            if (!work.IsTypeWanted || queries.TypeName(duplicate, out name) != NtStatus.Success)
            {
                return;
            }
            work.IsTypeWanted = false;
            if (name != "File")
            {
                work.WrongType = name;
            }
        }
    }
}
