// Knows afd-handles.bin as a whole: rows and nothing else (docs/capture-format.md). They are written straight to where they go,
// since of a large leak they are as much again as what is kept of it.
namespace PortExhaustion.Native
{
    using System.Collections.Generic;
    using System.IO;

    public sealed class AfdHandles
    {
        private const int BufferSize = 1 << 16;
        private readonly List<AfdRow> rows = new List<AfdRow>();

        internal IList<AfdRow> Rows
        {
            get { return rows; }
        }

        internal void Add(AfdRow row)
        {
            rows.Add(row);
        }

        /// <summary>Leaves the stream open.</summary>
        public void WriteTo(Stream stream)
        {
            // A stream that compresses is slow with the few bytes of a field. Not disposed, as that would close the one below.
            BufferedStream buffered = new BufferedStream(stream, BufferSize);
            BinaryWriter writer = new BinaryWriter(buffered);
            foreach (AfdRow row in rows)
            {
                row.WriteTo(writer);
            }
            writer.Flush();
        }
    }
}
