// Texts decoded for tests: by one kind, or by all of them as a file of unknown content is.

import type { Decoded, TextHint, TextKindName } from "../../../../engine/artifacts/decoded.ts";
import { textOf } from "../../../../engine/artifacts/text/decode-text.ts";
import { TEXT_KINDS } from "../../../../engine/artifacts/text/kinds.ts";
import type { SocketRow } from "../../../../engine/model/socket-row.ts";

export const NO_HINT: TextHint = { protocol: null, family: null };

/** What each kind makes of a text, by kind; kinds that found nothing are left out. */
export const decodeAll = (text: string, hint: TextHint = NO_HINT): Readonly<Partial<Record<TextKindName, Decoded>>> =>
  Object.fromEntries(
    TEXT_KINDS.flatMap(({ kind, decode }) => {
      const decoded = decode(text, hint);
      return decoded === null ? [] : [[kind, decoded]];
    }),
  );

export const kindsOf = (text: string, hint: TextHint = NO_HINT): readonly string[] =>
  Object.keys(decodeAll(text, hint));

/** Fails where the kind does not claim the text. */
export const decodeAs = (kind: TextKindName, text: string, hint: TextHint = NO_HINT): Decoded => {
  const decoded = decodeAll(text, hint)[kind];
  if (decoded === undefined) throw new Error(`no ${kind}:\n${text}`);
  return decoded;
};

export const linesOf = (...lines: readonly string[]): string => `${lines.join("\r\n")}\r\n`;

/** A socket in short: "tcp 0.0.0.0:135 > 1.2.3.4:80 established 4". */
export const shortOf = ({
  protocol,
  localAddress,
  localPort,
  remoteAddress,
  remotePort,
  state,
  processId,
}: SocketRow): string =>
  [
    `${protocol} ${localAddress}:${localPort}`,
    ...(remoteAddress === null ? [] : [`> ${remoteAddress}:${remotePort}`]),
    state,
    processId === null ? "-" : String(processId),
  ].join(" ");

export const socketsOf = ({ sockets }: Decoded): readonly string[] => (sockets ?? []).map(shortOf);

/** The text of a file, which must be one. */
export const textOfBytes = (bytes: Uint8Array): string => {
  const text = textOf(bytes);
  if (text === null) throw new Error("no text");
  return text;
};

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const utf16 = (text: string, isLittleEndian: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian);
  return bytes;
};

export const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** Bytes of a code page: ASCII as it is, other characters as numbers. */
export const codePage = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...utf8(part)])));
