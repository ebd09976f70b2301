// afd-handles.bin: one row for each AFD handle, with what Windows answered about it. Source: docs/capture-format.md.

import { byteSink, bytesOf, type ByteSink, putBytes, putU16, putU32, putU64, putZeros } from "../byte-sink.ts";

export const STATUS = {
  success: 0,
  timeout: 0x102,
  invalidInfoClass: 0xc000_0003,
  notImplemented: 0xc000_0002,
  invalidParameter: 0xc000_000d,
  invalidDeviceRequest: 0xc000_0010,
  notAsked: 0xffff_ffff,
} as const;

const NOTHING = new Uint8Array(0);

export type AfdRow = {
  readonly processId: number;
  readonly handle: number;
  readonly object: bigint;
  readonly access: number;
  readonly handleCount: number;
  readonly duplicateStatus: number;
  readonly nameStatus: number;
  readonly addressStatus: number;
  readonly contextStatus: number;
  readonly name: string;
  readonly address: Uint8Array;
  readonly context: Uint8Array;
  readonly kind: Uint8Array;
};

/** A handle of a plain socket, as far as it is not told otherwise. */
export const afdRow = (given: Partial<AfdRow> & Pick<AfdRow, "processId" | "handle">): AfdRow => ({
  object: 0n,
  access: 0x0016_019f,
  handleCount: 1,
  duplicateStatus: STATUS.success,
  nameStatus: STATUS.success,
  addressStatus: STATUS.success,
  contextStatus: STATUS.success,
  name: "\\Device\\Afd",
  address: NOTHING,
  context: NOTHING,
  kind: NOTHING,
  ...given,
});

const HEADER_BYTES = 56;

const putHeader = (sink: ByteSink, row: AfdRow, length: number): void => {
  putU32(sink, length);
  putU32(sink, row.processId);
  putU64(sink, BigInt(row.handle));
  putU64(sink, row.object);
  putU32(sink, row.access);
  putU32(sink, row.handleCount);
  for (const status of [row.duplicateStatus, row.nameStatus, row.addressStatus, row.contextStatus])
    putU32(sink, status);
};

const putRow = (sink: ByteSink, row: AfdRow): void => {
  const { name, address, context, kind } = row;
  const lengths = [2 * name.length, address.length, context.length, kind.length];
  const content = lengths.reduce((sum, length) => sum + length, 0);
  const padding = (4 - (content & 3)) & 3;
  putHeader(sink, row, HEADER_BYTES + content + padding);
  for (const length of lengths) putU16(sink, length);
  for (let index = 0; index < name.length; index += 1) putU16(sink, name.charCodeAt(index));
  for (const part of [address, context, kind]) putBytes(sink, part);
  putZeros(sink, padding);
};

export const afdHandles = (rows: readonly AfdRow[]): Uint8Array => {
  const sink = byteSink(rows.length * 256);
  for (const row of rows) putRow(sink, row);
  return bytesOf(sink);
};

/** What a socket is made of and does under Wine, whose server has no context to ask for. */
export const wineKind = (family: number, socketType: number, protocol: number, activity: 0 | 1 | 2): Uint8Array => {
  const sink = byteSink(16);
  for (const word of [family, socketType, protocol, activity]) putU32(sink, word);
  return bytesOf(sink);
};
