/** Loose evidence: files that somebody has, recognised by what is in them. */
import type { Contribution } from "./contribution.ts";
import { contribution, NOTHING } from "./contribution.ts";
import type { TextHint } from "./decoded.ts";
import { textOf } from "./text/decode-text.ts";
import { TEXT_KINDS } from "./text/kinds.ts";

export interface LooseFile {
  /** File name without folder, as coverage shows it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const NO_HINT: TextHint = { protocol: null, family: null };

const unrecognised = (name: string, reason: string): readonly Contribution[] => [
  contribution({ name, kind: null, status: "unrecognised", reason }, NOTHING),
];

const KNOWN = "netstat, netsh port ranges, Get-NetTCPConnection, handle lists, Tcpip events and captures are known";

/** One contribution for each kind of text in the file; one of no kind where there is none. */
export const decodeLoose = ({ name, bytes }: LooseFile): readonly Contribution[] => {
  const text = textOf(bytes);
  if (text === null) return unrecognised(name, `It is binary and no capture; ${KNOWN}.`);
  const found = TEXT_KINDS.flatMap(({ kind, decode }) => {
    const decoded = decode(text, NO_HINT);
    return decoded === null ? [] : [contribution({ name, kind, status: "read", reason: null }, decoded)];
  });
  return found.length > 0 ? found : unrecognised(name, `Nothing in it has a shape that is known; ${KNOWN}.`);
};
