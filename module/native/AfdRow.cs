// Knows a row of afd-handles.bin and how it is written (docs/capture-format.md).
namespace PortExhaustion.Native
{
    using System.IO;

    public sealed class AfdRow
    {
        private const int FixedSize = 56;
        private static readonly byte[] Nothing = new byte[0];

        public uint ProcessId { get; set; }

        public ulong Handle { get; set; }

        public ulong ObjectAddress { get; set; }

        public uint GrantedAccess { get; set; }

        /// <summary>In the whole system, without the collector's own; 0 where unknown.</summary>
        public uint HandleCount { get; set; }

        public uint DuplicateStatus { get; set; }

        public uint NameStatus { get; set; }

        public uint AddressStatus { get; set; }

        public uint ContextStatus { get; set; }

        public byte[] Name { get; set; }

        public byte[] Address { get; set; }

        public byte[] Context { get; set; }

        public byte[] Kind { get; set; }

        public AfdRow()
        {
            NameStatus = NtStatus.NotAsked;
            AddressStatus = NtStatus.NotAsked;
            ContextStatus = NtStatus.NotAsked;
            Name = Nothing;
            Address = Nothing;
            Context = Nothing;
            Kind = Nothing;
        }

        internal AfdRow Copy()
        {
            return (AfdRow)MemberwiseClone();
        }

        public void WriteTo(BinaryWriter writer)
        {
            int content = Name.Length + Address.Length + Context.Length + Kind.Length;
            int padding = -content & 3;
            writer.Write((uint)(FixedSize + content + padding));
            writer.Write(ProcessId);
            writer.Write(Handle);
            writer.Write(ObjectAddress);
            writer.Write(GrantedAccess);
            writer.Write(HandleCount);
            writer.Write(DuplicateStatus);
            writer.Write(NameStatus);
            writer.Write(AddressStatus);
            writer.Write(ContextStatus);
            foreach (byte[] part in new[] { Name, Address, Context, Kind })
            {
                writer.Write((ushort)part.Length);
            }
            foreach (byte[] part in new[] { Name, Address, Context, Kind, new byte[padding] })
            {
                writer.Write(part);
            }
        }
    }
}
