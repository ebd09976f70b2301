/**
 * States of TCP as netstat prints them: by the names of RFC 793 in most languages of Windows, translated in some. Translated
 * ones are told by what a row shows besides: a listener and a bound socket have no peer, and well-known ports are listened
 * on; what is in TIME_WAIT belongs to no process (PID 0; domain.md 3.4). German names are those of real outputs: read_file
 * id 35027392819 (netstat -ano and -tn of one machine), 63289280964, and SYN_GESENDET in 14596259691 and 14153751348.
 */

import type { SocketState } from "../../model/socket-row.ts";
import type { NetstatRow } from "./netstat-row.ts";

const KNOWN: ReadonlyMap<string, SocketState> = new Map<string, SocketState>([
  ["LISTENING", "listening"],
  ["LISTEN", "listening"],
  ["BOUND", "bound"],
  ["SYN_SENT", "synSent"],
  ["SYN_RECEIVED", "synReceived"],
  ["SYN_RCVD", "synReceived"],
  ["ESTABLISHED", "established"],
  ["FIN_WAIT_1", "finWait1"],
  ["FIN_WAIT_2", "finWait2"],
  ["CLOSE_WAIT", "closeWait"],
  ["CLOSING", "closing"],
  ["LAST_ACK", "lastAck"],
  ["TIME_WAIT", "timeWait"],
  ["CLOSED", "closed"],
  ["DELETE_TCB", "closed"],
  ["ABH\u00d6REN", "listening"],
  ["HERGESTELLT", "established"],
  ["SCHLIESSEN_WARTEN", "closeWait"],
  ["WARTEND", "timeWait"],
  ["FIN_WARTEN_2", "finWait2"],
  ["SYN_GESENDET", "synSent"],
]);

const WELL_KNOWN = 1_024;
/** Where ports for any program begin by default (RFC 6335): listeners of programs have theirs below. */
const DYNAMIC = 49_152;

/** A machine listens on a few dozen ports that are not well known (RPC, programs); a word of more is that of bound sockets. */
const MOST_LISTENERS = 64;

interface WordUse {
  /** Of rows without a peer. */
  readonly ports: Set<number>;
  wellKnown: number;
  registered: number;
  /** Rows with a peer, and those of them that belong to no process. */
  withPeer: number;
  ofNobody: number;
  withoutPeer: number;
}

const useOfWords = (rows: readonly NetstatRow[]): ReadonlyMap<string, WordUse> => {
  const words = new Map<string, WordUse>();
  for (const { protocol, word, localPort, remotePort, processId } of rows) {
    if (protocol === "udp" || word === "" || knownState(word) !== null) continue;
    let use = words.get(word);
    if (use === undefined) {
      use = { ports: new Set(), wellKnown: 0, registered: 0, withPeer: 0, ofNobody: 0, withoutPeer: 0 };
      words.set(word, use);
    }
    if (remotePort !== 0) {
      use.withPeer += 1;
      if (processId === 0) use.ofNobody += 1;
      continue;
    }
    use.withoutPeer += 1;
    use.ports.add(localPort);
    if (localPort < WELL_KNOWN) use.wellKnown += 1;
    if (localPort < DYNAMIC) use.registered += 1;
  }
  return words;
};

/** Files of several languages have a word each: all that come near the most are listeners', one stray bound socket is not. */
const mostOf = (words: ReadonlyMap<string, WordUse>, count: (use: WordUse) => number): readonly string[] => {
  let most = 0;
  for (const use of words.values()) most = Math.max(most, count(use));
  return most === 0 ? [] : [...words].filter(([, use]) => count(use) * 2 >= most).map(([word]) => word);
};

/**
 * Beside rows that say LISTENING by a known name, a word is another language's for it (files of two machines), or the same
 * language's for bound: that has no well-known ports, and where there are few of them, ports of the dynamic range.
 */
const listenersBesideKnown = (words: ReadonlyMap<string, WordUse>, known: number): readonly string[] => {
  const byWellKnown = mostOf(words, ({ wellKnown }) => wellKnown);
  const byRegistered = [...words]
    .filter(([, { registered, withoutPeer }]) => registered * 2 > withoutPeer && withoutPeer <= known)
    .map(([word]) => word);
  return byWellKnown.length > 0 ? byWellKnown : byRegistered;
};

interface Listeners {
  readonly words: readonly string[];
  /** A word that may as well be that of bound sockets. */
  readonly guess: string | null;
}

/**
 * The words of listeners; `known`: rows that have the name of RFC 793. A text without well-known ports is an excerpt, which
 * may hold nothing but the sockets of a leak.
 */
const listenersOf = (words: ReadonlyMap<string, WordUse>, known: number): Listeners => {
  if (known > 0) return { words: listenersBesideKnown(words, known), guess: null };
  const byWellKnown = mostOf(words, ({ wellKnown }) => wellKnown);
  if (byWellKnown.length > 0) return { words: byWellKnown, guess: null };
  const lone = [...words].filter(([, { withoutPeer }]) => withoutPeer > 0);
  const few = new Map(lone.filter(([, { ports }]) => ports.size <= MOST_LISTENERS));
  const byRegistered = mostOf(few, ({ registered }) => registered);
  if (byRegistered.length > 0) return { words: byRegistered, guess: null };
  const [guess] = few.keys();
  return lone.length === 1 && guess !== undefined ? { words: [guess], guess } : { words: [], guess: null };
};

const knownState = (word: string): SocketState | null => KNOWN.get(word) ?? KNOWN.get(word.toUpperCase()) ?? null;

/** "WORD offload" where netstat -t ran without -o and the columns' blanks were lost. */
const firstKnown = (word: string): SocketState | null => {
  const state = knownState(word);
  const blank = state === null ? word.indexOf(" ") : -1;
  return blank < 0 ? state : knownState(word.slice(0, blank));
};

export interface StateNames {
  /** Null where the row tells too little. */
  readonly stateOf: (row: NetstatRow) => SocketState | null;
  /** Words of connections that stay unknown. */
  readonly unknown: readonly string[];
  /** The word whose rows were taken for listeners though they may be bound sockets. */
  readonly guess: string | null;
}

export const nameStates = (rows: readonly NetstatRow[]): StateNames => {
  const words = useOfWords(rows);
  const known = rows.filter(({ protocol, word }) => protocol === "tcp" && knownState(word) === "listening").length;
  const found = listenersOf(words, known);
  const listeners = new Set(found.words);
  const waiting = new Set([...words].filter(([, use]) => use.ofNobody * 2 > use.withPeer).map(([word]) => word));
  const unknown = [...words].filter(
    ([word, use]) => use.withPeer > 0 && !waiting.has(word) && firstKnown(word) === null,
  );
  return {
    stateOf: ({ protocol, word, remotePort }) => {
      if (protocol === "udp") return "udp";
      const state = firstKnown(word);
      if (state !== null) return state;
      if (remotePort !== 0) return waiting.has(word) ? "timeWait" : "connected";
      if (word === "") return null;
      return listeners.has(word) ? "listening" : "bound";
    },
    unknown: unknown.map(([word]) => word).toSorted(),
    guess: found.guess,
  };
};
