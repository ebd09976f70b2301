// Knows how long a process that was opened stays open: until the last of those who use its handle has come back. A worker that is
// stuck at a question uses it longer than the inspection lasts.
namespace PortExhaustion.Native
{
    using System;
    using System.Threading;

    internal sealed class OpenedProcess
    {
        private readonly IProcessQueries queries;
        private int users = 1;

        internal IntPtr Handle { get; private set; }

        /// <summary>Workers that were left alone at handles of this process.</summary>
        internal int Stuck { get; set; }

        /// <summary>Its maker is the first user.</summary>
        internal OpenedProcess(IProcessQueries queries, IntPtr handle)
        {
            this.queries = queries;
            Handle = handle;
        }

        internal void Share()
        {
            Interlocked.Increment(ref users);
        }

        internal void Release()
        {
            if (Interlocked.Decrement(ref users) == 0)
            {
                queries.Close(Handle);
            }
        }
    }
}
