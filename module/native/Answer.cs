// Knows the shape of what every native question gives back: what came of it in the words of engine/contract/capture.schema.json
// (artifact.status), why, and the raw answer. An answer is never an exception: what went wrong is part of it.
namespace PortExhaustion.Native
{
    public sealed class Answer
    {
        /// <summary>read, partial, refused, failed or absent.</summary>
        public string Status { get; private set; }

        /// <summary>Why it is not read, with the code and its text; null where it is.</summary>
        public string Reason { get; private set; }

        /// <summary>The answer as Windows gave it; null where there is none or it consists of rows.</summary>
        public byte[] Bytes { get; private set; }

        /// <summary>In place of Bytes where the answer is large: writes itself; null elsewhere.</summary>
        public AfdHandles Source { get; private set; }

        /// <summary>The answer as objects, where it is no raw buffer.</summary>
        public object[] Rows { get; private set; }

        /// <summary>TCP_TABLE_CLASS or UDP_TABLE_CLASS of a table; 0 elsewhere.</summary>
        public int TableClass { get; private set; }

        internal Answer(string status, string reason, byte[] bytes, object[] rows, int tableClass)
        {
            Status = status;
            Reason = reason;
            Bytes = bytes;
            Rows = rows;
            TableClass = tableClass;
        }

        internal static Answer OfBytes(byte[] bytes, int tableClass, string shortfall)
        {
            return new Answer(shortfall == null ? "read" : "partial", shortfall, bytes, new object[0], tableClass);
        }

        /// <summary>What went wrong where not all rows came; null where they did.</summary>
        internal static Answer OfRows(object[] rows, string shortfall)
        {
            return new Answer(shortfall == null ? "read" : "partial", shortfall, null, rows, 0);
        }

        internal static Answer OfInspection(AfdHandles source, object[] rows, string shortfall)
        {
            return new Answer(shortfall == null ? "read" : "partial", shortfall, null, rows, 0) { Source = source };
        }

        internal static Answer OfNtStatus(string call, uint status)
        {
            return new Answer(FailureText.KindOfNtStatus(status), FailureText.OfNtStatus(call, status), null, new object[0], 0);
        }

        internal static Answer OfWin32(string call, int error)
        {
            return new Answer(FailureText.KindOfWin32(error), FailureText.OfWin32(call, error), null, new object[0], 0);
        }
    }
}
