/**
 * Security identifiers. SID: revision u8, sub-authority count u8, authority 6 bytes big-endian, then u32 each. In classic
 * process events it is preceded by a TOKEN_USER (two pointers), or is a single zero u32 where there is no user.
 * Source: Windows SDK winnt.h; the WBEM form as PerfView reads it (KernelTraceEventParser).
 */
import type { PointerSize } from "./pointer.ts";

export interface SidSpan {
  readonly text: string;
  readonly next: number;
}

const SID_REVISION = 1;
const MAX_SUB_AUTHORITIES = 15;

/** Null where the bytes are no SID or the range is too short. */
export const readSid = (view: DataView, start: number, end: number): SidSpan | null => {
  if (start + 8 > end) return null;
  const count = view.getUint8(start + 1);
  const next = start + 8 + count * 4;
  if (count > MAX_SUB_AUTHORITIES || next > end) return null;
  const authority = view.getUint16(start + 2, false) * 4294967296 + view.getUint32(start + 4, false);
  const parts = Array.from({ length: count }, (_, index) => view.getUint32(start + 8 + index * 4, true));
  return { text: ["S", view.getUint8(start), authority, ...parts].join("-"), next };
};

export const readWbemSid = (view: DataView, start: number, end: number, pointerSize: PointerSize): SidSpan | null => {
  if (start + 4 > end) return null;
  const sidAt = start + pointerSize * 2;
  // A null pointer in front of a SID occurs as well: then zeros follow up to the SID. What follows a field without a SID
  // is an image name, which may have any text behind it, but does not begin with zeros.
  const isSidBehindNull = (): boolean =>
    sidAt + 2 <= end &&
    view.getUint32(start + 4, true) === 0 &&
    view.getUint8(sidAt) === SID_REVISION &&
    view.getUint8(sidAt + 1) > 0;
  const hasSid = view.getUint32(start, true) !== 0 || isSidBehindNull();
  return hasSid ? readSid(view, sidAt, end) : { text: "", next: start + 4 };
};
