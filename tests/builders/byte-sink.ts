// A growing little-endian byte buffer: plain data, written by free functions.
// ETL files and event payloads are little-endian throughout (etl-format reference, first line).

export type ByteSink = { bytes: Uint8Array; view: DataView; length: number };

export const byteSink = (capacity = 256): ByteSink => {
  const bytes = new Uint8Array(capacity);
  return { bytes, view: new DataView(bytes.buffer), length: 0 };
};

const reserve = (sink: ByteSink, count: number): number => {
  const offset = sink.length;
  const needed = offset + count;
  if (needed > sink.bytes.length) {
    const grown = new Uint8Array(Math.max(needed, sink.bytes.length * 2));
    grown.set(sink.bytes.subarray(0, offset));
    sink.bytes = grown;
    sink.view = new DataView(grown.buffer);
  }
  sink.length = needed;
  return offset;
};

export const putU8 = (sink: ByteSink, value: number): void => {
  const offset = reserve(sink, 1);
  sink.view.setUint8(offset, value);
};

export const putU16 = (sink: ByteSink, value: number): void => {
  const offset = reserve(sink, 2);
  sink.view.setUint16(offset, value, true);
};

/** Takes signed values too: the low 32 bits are what is written. */
export const putU32 = (sink: ByteSink, value: number): void => {
  const offset = reserve(sink, 4);
  sink.view.setUint32(offset, value, true);
};

/** Takes signed values too: the low 64 bits are what is written. */
export const putU64 = (sink: ByteSink, value: bigint): void => {
  const offset = reserve(sink, 8);
  sink.view.setBigUint64(offset, BigInt.asUintN(64, value), true);
};

export const putBytes = (sink: ByteSink, bytes: Uint8Array): void => {
  const offset = reserve(sink, bytes.length);
  sink.bytes.set(bytes, offset);
};

export const putFill = (sink: ByteSink, count: number, value: number): void => {
  const offset = reserve(sink, count);
  sink.bytes.fill(value, offset, offset + count);
};

export const putZeros = (sink: ByteSink, count: number): void => putFill(sink, count, 0);

export const putUtf16z = (sink: ByteSink, text: string): void => {
  for (let index = 0; index < text.length; index += 1) putU16(sink, text.charCodeAt(index));
  putU16(sink, 0);
};

/** Characters beyond Latin-1 lose their high bits, as code page text of Windows would lose them. */
export const putAnsiz = (sink: ByteSink, text: string): void => {
  for (let index = 0; index < text.length; index += 1) putU8(sink, text.charCodeAt(index) & 0xff);
  putU8(sink, 0);
};

/** A text in a field of fixed width, as in TIME_ZONE_INFORMATION; cut to leave room for the terminator. */
export const putUtf16Fixed = (sink: ByteSink, text: string, characters: number): void => {
  for (let index = 0; index < characters; index += 1) {
    putU16(sink, index < characters - 1 && index < text.length ? text.charCodeAt(index) : 0);
  }
};

export const alignTo8 = (sink: ByteSink): void => putZeros(sink, (8 - (sink.length & 7)) & 7);

export const bytesOf = (sink: ByteSink): Uint8Array => sink.bytes.slice(0, sink.length);

export const concatenate = (parts: readonly Uint8Array[]): Uint8Array => {
  const sink = byteSink(parts.reduce((total, part) => total + part.length, 0));
  for (const part of parts) putBytes(sink, part);
  return bytesOf(sink);
};
