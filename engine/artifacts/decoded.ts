/**
 * What a decoder makes of an artifact. Every part is optional: an artifact tells of one thing, some texts of several.
 * Decoders never throw on bad data: what cannot be understood is a problem, said in a sentence, and counts no row.
 */
import type { DynamicRange, ExcludedRange } from "../model/port-range.ts";
import type { SocketRow } from "../model/socket-row.ts";

/** AFD handles of a process as a text lists them: no addresses, so no ports. */
export interface ListedHandles {
  /** Null where the text names no process. */
  readonly processId: number | null;
  readonly processName: string | null;
  readonly fileHandles: number;
  readonly afdHandles: number;
  /** Of the AFD handles, those whose name says that they are no sockets. */
  readonly helpers: number;
}

export interface NamedProcess {
  readonly processId: number;
  readonly name: string;
  readonly services: readonly string[];
}

/** Event of source Tcpip: 4227, 4231 or 4266. */
export interface PortEvent {
  readonly id: number;
  /** FILETIME, null where the source has no time that can be read for certain. */
  readonly time: bigint | null;
}

export interface Decoded {
  /** Rows understood. */
  readonly rows: number;
  /** What was not understood, one sentence each, with the line or offset. */
  readonly problems: readonly string[];
  readonly sockets?: readonly SocketRow[];
  readonly ranges?: readonly DynamicRange[];
  readonly exclusions?: readonly ExcludedRange[];
  readonly handles?: readonly ListedHandles[];
  readonly names?: readonly NamedProcess[];
  readonly events?: readonly PortEvent[];
}

/** A kind of text: `decode` gives null where the text is none of it, so that others may try. */
export interface TextKind {
  readonly kind: TextKindName;
  readonly decode: (text: string, hint: TextHint) => Decoded | null;
}

/** What a capture knows of a text that the text itself need not say. */
export interface TextHint {
  readonly protocol: "tcp" | "udp" | null;
  readonly family: "ipv4" | "ipv6" | null;
}

export type TextKindName =
  | "netstat"
  | "dynamic-port-range"
  | "excluded-port-range"
  | "net-tcp-connection"
  | "net-udp-endpoint"
  | "handle-list"
  | "tcpip-event";
