// DataViews over bytes, at an offset that is not 0: a reader that forgets where its payload starts is found out.

const BEFORE = 5;

export type Placed = { readonly view: DataView; readonly start: number; readonly end: number };

/** The bytes with others before and behind them. */
export const placed = (bytes: Uint8Array): Placed => {
  const memory = new Uint8Array(BEFORE + bytes.length + BEFORE).fill(0xa5);
  memory.set(bytes, BEFORE);
  return { view: new DataView(memory.buffer), start: BEFORE, end: BEFORE + bytes.length };
};

export const utf16 = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((unit) => [unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8]));

export const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/[0-9a-f]{2}/gi) ?? [], (byte) => Number.parseInt(byte, 16));

/** toEqual takes seconds for what this takes milliseconds. */
export const isSame = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index]);
