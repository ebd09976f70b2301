/** Zero-terminated strings inside a byte range. Both readers stop at the range's end where the terminator is missing. */

export interface TextSpan {
  readonly text: string;
  /** Offset behind the terminator. */
  readonly next: number;
}

/** UTF-16LE up to a zero character. */
export const readUtf16z = (view: DataView, start: number, end: number): TextSpan => {
  let text = "";
  let at = start;
  while (at + 2 <= end) {
    const unit = view.getUint16(at, true);
    at += 2;
    if (unit === 0) return { text, next: at };
    text += String.fromCharCode(unit);
  }
  return { text, next: end };
};

/** Bytes up to a zero byte, read as Latin-1: image names in kernel events are ASCII in practice. */
export const readAnsiz = (view: DataView, start: number, end: number): TextSpan => {
  let text = "";
  let at = start;
  while (at < end) {
    const unit = view.getUint8(at);
    at += 1;
    if (unit === 0) return { text, next: at };
    text += String.fromCharCode(unit);
  }
  return { text, next: end };
};
