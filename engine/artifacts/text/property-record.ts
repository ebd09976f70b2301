/** Objects of PowerShell as its texts show them: names of properties, which are English everywhere, and values. */

import type { Transport } from "../../model/socket-row.ts";

export interface PropertyRecord {
  readonly line: number;
  /** By the name in lower case. */
  readonly values: ReadonlyMap<string, string>;
  /** What the text says the object is: a class, or the cmdlet whose output it is. */
  readonly protocol: Transport | null;
}

/** The properties of MSFT_NetTCPConnection and MSFT_NetUDPEndpoint (learn.microsoft.com, "fwp" of root/StandardCimv2). */
export const CORE: ReadonlySet<string> = new Set([
  "localaddress",
  "localport",
  "remoteaddress",
  "remoteport",
  "state",
  "appliedsetting",
  "offloadstate",
  "owningprocess",
  "creationtime",
]);

const MENTIONS: readonly (readonly [Transport, RegExp])[] = [
  ["tcp", /NetTCPConnection/i],
  ["udp", /NetUDPEndpoint/i],
];

/** The cmdlet or class that a line names, if it is one. */
export const mentionOf = (line: string): Transport | null => {
  const found = MENTIONS.filter(([, name]) => name.test(line));
  return found.length === 1 ? (found[0]?.[0] ?? null) : null;
};

export const isPropertyName = (word: string): boolean => /^[A-Za-z]\w*$/.test(word);
