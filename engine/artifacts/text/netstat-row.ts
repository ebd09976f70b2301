/**
 * A row of netstat by its shape: protocol, two endpoints, then a word for the state (TCP), a number for the process, a word
 * for offload. Formats of its rows: message table of netstat.exe, "  %1!-5s!  %2!-21s!  %3!-21s!  %4!-12s!    %5!u!\t%6!-12s!"
 * (a public dump of its strings; read_file id 20418361441). Columns are as wide as their longest entry: blanks part them.
 */

import { PORT_BY_NAME } from "../../model/socket-row.ts";
import type { Family, Transport } from "../../model/socket-row.ts";
import { integerOf, LAST_PORT, processIdOf } from "./lines.ts";
import { quoted } from "./problems.ts";

export interface NetstatRow {
  readonly line: number;
  readonly protocol: Transport;
  readonly family: Family;
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string | null;
  readonly remotePort: number;
  /** The state as printed, "" without. */
  readonly word: string;
  readonly processId: number | null;
}

export interface RowProblem {
  readonly about: string;
  readonly sentence: string;
}

/** A row, or what is wrong with what should be one; a row may have a flaw and still be of use. */
export interface RowReading {
  readonly row: NetstatRow | null;
  readonly problem: RowProblem | null;
  /** That it is a row of netstat at all. */
  readonly isCertain: boolean;
}

interface Endpoint {
  readonly address: string;
  readonly port: string;
}

const PROTOCOL = /^(tcp|udp)(v?[46])?$/i;

const endpointOf = (word: string | undefined): Endpoint | null => {
  if (word === undefined) return null;
  const colon = word.lastIndexOf(":");
  if (colon <= 0 || colon === word.length - 1) return null;
  return { address: word.slice(0, colon), port: word.slice(colon + 1) };
};

const isName = (port: string): boolean => /^[A-Za-z][\w.+-]*$/.test(port);

const remotePortOf = (port: string): number | null => {
  if (port === "*") return 0;
  const number = integerOf(port);
  if (number !== null) return number <= LAST_PORT ? number : null;
  return isName(port) ? PORT_BY_NAME : null;
};

const bare = (address: string): string =>
  address.startsWith("[") && address.endsWith("]") ? address.slice(1, -1) : address;

const flaw = (about: string, sentence: string, isCertain: boolean): RowReading => ({
  row: null,
  problem: { about, sentence },
  isCertain,
});

/** Digits that are no port; null for what is no number at all, as in prose. */
const noPort = (port: string): RowReading | null =>
  /^\d+$/.test(port) ? flaw("the port is none", `${quoted(port)} is no port.`, true) : null;

const LOCAL_NAME = "the local port is a name";

const localProblem = (port: string): RowReading | null => {
  if (isName(port)) return flaw(LOCAL_NAME, `the local port ${quoted(port)} is a name; run netstat with -n.`, true);
  return noPort(port);
};

interface Tail {
  readonly word: string;
  readonly processId: number | null;
  readonly problem: RowProblem | null;
}

/** Where the third word ends, from which a tail may hold cells parted by more than one blank. */
const restOf = (trimmed: string): string => /^\S+\s+\S+\s+\S+\s*(.*)$/s.exec(trimmed)?.[1] ?? "";

/**
 * What stands behind the remote endpoint; scripts add names of programs at the end. Without a process id, an offload state
 * stands in a cell of its own.
 */
const tailOf = (words: readonly string[], trimmed: string): Tail => {
  const at = words.findIndex((word) => /^\d+$/.test(word));
  if (at < 0) return { word: restOf(trimmed).split(/\s{2,}|\t/)[0] ?? "", processId: null, problem: null };
  const word = words.slice(0, at).join(" ");
  const processId = processIdOf(words[at] ?? "");
  const extra = words.slice(at + 1).find((other) => /:\d|^\d+$/.test(other));
  if (extra !== undefined)
    return {
      word,
      processId: null,
      problem: { about: "there is more in the row", sentence: `${quoted(extra)} has no place in the row.` },
    };
  if (processId !== null) return { word, processId, problem: null };
  return {
    word,
    processId,
    problem: { about: "the process id is none", sentence: `${quoted(words[at] ?? "")} is no process id.` },
  };
};

/** Whether the line begins with a protocol, as every row does. */
export const startsRow = (line: string): boolean => /^\s*(tcp|udp)(v?[46])?(\s|$)/i.test(line);

const CUT = flaw("the row is cut", "the row is cut.", false);

const looksCut = (word: string | undefined): boolean => word === undefined || /^(\d+\.\d|\[)/.test(word);

/** Null for a line that is no row of netstat. */
export const readNetstatRow = (line: string, number: number): RowReading | null => {
  const trimmed = line.trim();
  const [first = "", local, remote, ...tail] = trimmed.split(/\s+/);
  const protocol = PROTOCOL.exec(first);
  if (protocol === null) return null;
  const [from, to] = [endpointOf(local), endpointOf(remote)];
  if (from === null || to === null) return looksCut(local) && line !== trimmed ? CUT : null;
  const remotePort = remotePortOf(to.port);
  if (remotePort === null) return noPort(to.port);
  const localPort = integerOf(from.port);
  if (localPort === null || localPort > LAST_PORT) return localProblem(from.port);
  const { word, processId, problem } = tailOf(tail, trimmed);
  const address = bare(from.address);
  const row: NetstatRow = {
    line: number,
    protocol: (protocol[1] ?? "").toLowerCase() === "udp" ? "udp" : "tcp",
    family: from.address.startsWith("[") || address.includes(":") || first.endsWith("6") ? "ipv6" : "ipv4",
    localAddress: address,
    localPort,
    remoteAddress: remotePort === 0 ? null : bare(to.address),
    remotePort,
    word,
    processId,
  };
  return { row, problem, isCertain: true };
};
