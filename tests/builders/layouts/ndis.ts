// Packets of Microsoft-Windows-NDIS-PacketCapture: section 4.4 of the etl-format reference. Builds from 1809
// on append two u64 without a new version, so a reader must go by FragmentSize and never by what is left.

export const NDIS_LAYOUTS = `
1001 | 0 | PacketFragment | MiniportIfIndex:u32@0/0, LowerIfIndex:u32@4/4, FragmentSize:u32@8/8, Fragment:bytes@12/12
1002 | 0 | PacketMetadata | MiniportIfIndex:u32@0/0, LowerIfIndex:u32@4/4, MetadataSize:u32@8/8, Metadata:bytes@12/12
`;
