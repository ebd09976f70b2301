// Knows how to ask questions that may never be answered: in a thread of its own, which is left alone when it is stuck. It cannot
// be ended: a thread of the CLR may hold locks of it, and a wait inside the kernel may not be broken off. What a stuck thread
// uses (its memory, the handle of the process) stays until it comes back, and then it cleans up after itself. Only its duplicate
// of a socket is closed at once: as long as that is open, the owner's closesocket does not end the connection.
// Knowledge comes from: wdm.h (IRP_MJ_CLEANUP is sent with the last handle to a file object; a call in progress has a reference of
// its own to the object and does not need the handle any more).
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
        private bool isDuplicateTaken;
        private bool keepsProcess;
        private IntPtr held;
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
                if (isLeft)
                {
                    DivideWhatIsOpen();
                }
                return isLeft;
            }
        }

        /// <summary>Between this worker, which may need its handles still, and those who go on without it. Holds the gate.</summary>
        private void DivideWhatIsOpen()
        {
            keepsProcess = step <= InspectionStep.Name;
            isDuplicateTaken = step == InspectionStep.Address || step == InspectionStep.Context;
            if (keepsProcess)
            {
                batch.Process.Share();
            }
            if (isDuplicateTaken)
            {
                IntPtr taken = held;
                // The close itself may wait for the lock that the call in progress waits for.
                Thread closer = new Thread(() => queries.Close(taken), StackSize) { IsBackground = true, Name = "PortExhaustion close" };
                closer.Start();
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
                    ReleaseProcess(work);
                    break;
                }
                done.Set();
            }
            queries.Dispose();
            go.Dispose();
            done.Dispose();
        }

        private void ReleaseProcess(InspectionBatch work)
        {
            bool isMine;
            lock (gate)
            {
                isMine = keepsProcess;
            }
            if (isMine)
            {
                work.Process.Release();
            }
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
            uint status = inspection.Open(work.Process.Handle, finding, out duplicate);
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
                CloseOwn(duplicate);
            }
        }

        private void CloseOwn(IntPtr duplicate)
        {
            bool isMine;
            lock (gate)
            {
                isMine = !isDuplicateTaken;
            }
            // Never twice: by now the number may stand for a handle of somebody else in this process.
            if (isMine)
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
            inspection.Name(work.Process.Handle, finding, ref duplicate);
            work.IsNameless = work.IsNameless || finding.IsNameless;
            lock (gate)
            {
                held = duplicate;
            }
            return (!work.IsDeep || AskDeeply(finding, duplicate)) && StartStep(InspectionStep.Close);
        }

        /// <summary>
        /// The questions that may block. Each answer begins its step anew: where nobody waits any more the duplicate is closed, and
        /// nothing else may be asked of it. False then.
        /// </summary>
        private bool AskDeeply(HandleFinding finding, IntPtr duplicate)
        {
            if (finding.Verdict >= HandleVerdict.Candidate)
            {
                if (!StartStep(InspectionStep.Address))
                {
                    return false;
                }
                inspection.Address(finding, duplicate);
                if (!StartStep(InspectionStep.Address))
                {
                    return false;
                }
                inspection.Judge(finding, duplicate);
            }
            if (finding.Verdict != HandleVerdict.Afd)
            {
                return true;
            }
            if (!StartStep(InspectionStep.Context))
            {
                return false;
            }
            inspection.Context(finding, duplicate);
            if (!StartStep(InspectionStep.Context))
            {
                return false;
            }
            inspection.Kind(finding, duplicate);
            return true;
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
