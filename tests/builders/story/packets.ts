// Captured frames of NDIS-PacketCapture: the bulk of a `capture=yes` trace (etl-format 4.4).

import { byteSink, bytesOf, putBytes, putU8, putU16, putZeros } from "../byte-sink.ts";
import { layoutOf } from "../layout-table.ts";
import { addressBytes, networkOrder } from "../socket-address.ts";
import { logManifest, nextCall, type Story } from "../story.ts";

/** 802.3, first and last fragment at once. */
const PACKET_KEYWORD = 0x8000_0000_c000_0001n;
/** GftFlowEntryId and GftOffloadInformation, which builds from 1809 on append. */
const FLOW_BYTES = 16;

const frame = (port: number, dataBytes: number): Uint8Array => {
  const sink = byteSink(128);
  putBytes(sink, Uint8Array.of(0x00, 0x15, 0x5d, 0x01, 0x02, 0x03, 0x00, 0x15, 0x5d, 0x0a, 0x0b, 0x0c, 0x08, 0x00));
  putU8(sink, 0x45);
  putU8(sink, 0);
  putU16(sink, networkOrder(40 + dataBytes));
  putBytes(sink, Uint8Array.of(0x1a, 0x2b, 0x40, 0x00, 0x80, 0x06, 0x00, 0x00));
  putBytes(sink, addressBytes("10.0.0.5"));
  putBytes(sink, addressBytes("10.0.0.80"));
  putU16(sink, networkOrder(port));
  putU16(sink, networkOrder(443));
  putZeros(sink, 16 + dataBytes);
  return bytesOf(sink);
};

export const sendsPackets = (tale: Story, count: number, dataBytes = 64): void => {
  for (let index = 0; index < count; index += 1) {
    nextCall(tale);
    const values = { MiniportIfIndex: 7, LowerIfIndex: 7, Fragment: frame(49152 + (index % 64), dataBytes) };
    const context = { processId: 0, threadId: 0, processor: index % tale.options.processors };
    logManifest(tale, context, layoutOf("ndis", 1001, 0), values, {
      keyword: PACKET_KEYWORD,
      more: tale.options.era === "Win7" ? new Uint8Array(0) : new Uint8Array(FLOW_BYTES),
    });
  }
};
