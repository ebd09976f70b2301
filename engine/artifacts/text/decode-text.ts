/**
 * Bytes of a text whose encoding nobody told. Knows what Windows tools write: netstat and netsh the OEM code page, Out-File
 * and `>` of Windows PowerShell UTF-16LE with a mark, PowerShell 7 UTF-8, editors any of them with or without marks; and
 * that `>>` appends in its own encoding to a file of another (about_Redirection, about_Character_Encoding of PowerShell).
 * A code page is not guessed: its bytes are kept as Latin-1, since everything that decoders look for is ASCII.
 */

const SAMPLE_BYTES = 65_536;
/** More control characters than one in so many, and than a short text may have by rare characters of UTF-16: no text. */
const CHARACTERS_A_CONTROL = 50;
const FEW_CONTROLS = 64;
const LATIN1_CHUNK = 32_768;

/** The no-break space of Latin-1 is a letter in most OEM code pages (in 437 and 850 an a with acute): it must not part words. */
const NBSP = 0xa0;
const OEM_LETTER = 0xe1;

/** Tab, line feed, form feed, carriage return, the end mark of DOS, escape. */
const isControl = (code: number): boolean =>
  code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 26 && code !== 27;

const looksBinary = (text: string): boolean => {
  const sample = Math.min(text.length, SAMPLE_BYTES);
  let controls = 0;
  for (let at = 0; at < sample; at += 1) if (isControl(text.charCodeAt(at))) controls += 1;
  return controls > FEW_CONTROLS && controls * CHARACTERS_A_CONTROL > sample;
};

const textOrNull = (text: string): string | null => (looksBinary(text) ? null : text);

const utf8Of = (bytes: Uint8Array): string | null => {
  try {
    // A stream may end inside a character, as a file that was cut does.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
};

const swapped = (bytes: Uint8Array): Uint8Array => {
  const turned = new Uint8Array(bytes.length - (bytes.length % 2));
  for (let at = 0; at < turned.length; at += 2) {
    turned[at] = bytes[at + 1] ?? 0;
    turned[at + 1] = bytes[at] ?? 0;
  }
  return turned;
};

const utf16Of = (bytes: Uint8Array, isLittleEndian: boolean): string =>
  new TextDecoder("utf-16le").decode(isLittleEndian ? bytes : swapped(bytes), { stream: true });

const latin1Of = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += LATIN1_CHUNK) {
    const chunk = bytes.subarray(start, start + LATIN1_CHUNK);
    parts.push(String.fromCharCode(...chunk.map((byte) => (byte === NBSP ? OEM_LETTER : byte))));
  }
  return parts.join("");
};

interface Zeros {
  readonly all: number;
  readonly odd: number;
  readonly longestRun: number;
}

const countZeros = (bytes: Uint8Array): Zeros => {
  let [all, odd, run, longestRun] = [0, 0, 0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    run = bytes[at] === 0 ? run + 1 : 0;
    if (run === 0) continue;
    all += 1;
    odd += at % 2;
    longestRun = Math.max(longestRun, run);
  }
  return { all, odd, longestRun };
};

/** In a text of a Latin script, digits and blanks, every other byte is zero; of other scripts still the digits and blanks. */
const ZEROS_OF_UTF16 = 0.05;
const STRAY_ZEROS = 0.02;

/** A line break of single bytes, which as UTF-16 would be one rare character (U+0A0D). */
const hasSingleBytes = (bytes: Uint8Array): boolean => {
  for (let at = 0; at + 1 < bytes.length; at += 1) if (bytes[at] === 13 && bytes[at + 1] === 10) return true;
  return false;
};

const isSecondOfMark = (bytes: Uint8Array, at: number): boolean => bytes[at] === 0xfe && bytes[at - 1] === 0xff;

/** UTF-16 appended to single bytes or the other way round: without zeros and marks, ASCII is left of both. */
const mixed = (bytes: Uint8Array): Uint8Array =>
  bytes.filter((byte, at) => byte !== 0 && !(byte === 0xff && bytes[at + 1] === 0xfe) && !isSecondOfMark(bytes, at));

const byZeros = (bytes: Uint8Array): string | null => {
  const { all, odd, longestRun } = countZeros(bytes);
  if (longestRun > 2) return null;
  const even = all - odd;
  const [most, least] = [Math.max(odd, even), Math.min(odd, even)];
  const isWhole = most >= bytes.length * ZEROS_OF_UTF16 && least <= all * STRAY_ZEROS && !hasSingleBytes(bytes);
  if (isWhole) return textOrNull(utf16Of(bytes, odd > even));
  return textOrNull(latin1Of(mixed(bytes)));
};

/** What looks like no UTF-16 in spite of its mark had something else appended. */
const marked = (bytes: Uint8Array, isLittleEndian: boolean): string | null => {
  const { all, odd, longestRun } = countZeros(bytes);
  const strays = isLittleEndian ? all - odd : odd;
  if (longestRun > 2) return null;
  if (strays > all * STRAY_ZEROS) return byZeros(bytes);
  return hasSingleBytes(bytes) ? textOrNull(latin1Of(mixed(bytes))) : textOrNull(utf16Of(bytes, isLittleEndian));
};

/** Null for what is no text. */
export const textOf = (bytes: Uint8Array): string | null => {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return marked(bytes.subarray(2), true);
  if (first === 0xfe && second === 0xff) return marked(bytes.subarray(2), false);
  const body = first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
  if (body.includes(0)) return byZeros(body);
  return textOrNull(utf8Of(body) ?? latin1Of(body));
};
