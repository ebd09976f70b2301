// What `netstat -ano` and `netstat -anoq` print, in three languages. Wording: samples of consoles that people published, as
// kept with the project's reference samples (netstat-*); the German word for BOUND stands in none and is a guess, which a
// reader that goes by shape does not mind.

import type { Language } from "./netsh-text.ts";
import type { TcpState } from "./tcp-table.ts";

export type NetstatLine = {
  readonly protocol: "tcp" | "udp";
  readonly local: string;
  readonly remote: string;
  readonly state: TcpState | null;
  readonly processId: number;
};

const HEADS = {
  en: ["Active Connections", "  Proto  Local Address          Foreign Address        State           PID"],
  de: ["Aktive Verbindungen", "  Proto  Lokale Adresse         Remoteadresse          Status           PID"],
  fr: ["Connexions actives", "  Proto  Adresse locale         Adresse distante       État            PID"],
} as const satisfies Readonly<Record<Language, readonly [string, string]>>;

const ENGLISH: Readonly<Record<TcpState, string>> = {
  closed: "CLOSED",
  listening: "LISTENING",
  synSent: "SYN_SENT",
  synReceived: "SYN_RECEIVED",
  established: "ESTABLISHED",
  finWait1: "FIN_WAIT_1",
  finWait2: "FIN_WAIT_2",
  closeWait: "CLOSE_WAIT",
  closing: "CLOSING",
  lastAck: "LAST_ACK",
  timeWait: "TIME_WAIT",
  deleteTcb: "DELETE_TCB",
  bound: "BOUND",
};

const GERMAN: Readonly<Partial<Record<TcpState, string>>> = {
  listening: "ABHÖREN",
  established: "HERGESTELLT",
  timeWait: "WARTEND",
  closeWait: "SCHLIESSEN_WARTEN",
  synSent: "SYN_GESENDET",
  bound: "GEBUNDEN",
};

const stateWord = (state: TcpState | null, language: Language): string => {
  if (state === null) return "";
  return (language === "de" ? GERMAN[state] : undefined) ?? ENGLISH[state];
};

const lineOf = ({ protocol, local, remote, state, processId }: NetstatLine, language: Language): string =>
  `  ${protocol.toUpperCase()}    ${local.padEnd(22)} ${remote.padEnd(22)} ${stateWord(state, language).padEnd(15)} ${processId}`;

export const netstatText = (lines: readonly NetstatLine[], language: Language): readonly string[] => [
  "",
  HEADS[language][0],
  "",
  HEADS[language][1],
  ...lines.map((line) => lineOf(line, language)),
];
