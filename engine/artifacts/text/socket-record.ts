/**
 * A row of Get-NetTCPConnection or Get-NetUDPEndpoint from its properties. States are those of MSFT_NetTCPConnection.State,
 * names or numbers (learn.microsoft.com, MSFT_NetTCPConnection class); 100 is Bound (handles.md section 4).
 */

import { parseIsoTime } from "../../bytes/filetime.ts";
import {
  type Family,
  type SocketRow,
  type SocketState,
  stateOfNumber,
  type Transport,
} from "../../model/socket-row.ts";
import type { TextHint } from "../decoded.ts";
import { integerOf, portOf, processIdOf } from "./lines.ts";
import { type ProblemList, quoted } from "./problems.ts";
import type { PropertyRecord } from "./property-record.ts";

const STATES: ReadonlyMap<string, SocketState> = new Map<string, SocketState>([
  ["closed", "closed"],
  ["listen", "listening"],
  ["synsent", "synSent"],
  ["synreceived", "synReceived"],
  ["established", "established"],
  ["finwait1", "finWait1"],
  ["finwait2", "finWait2"],
  ["closewait", "closeWait"],
  ["closing", "closing"],
  ["lastack", "lastAck"],
  ["timewait", "timeWait"],
  ["deletetcb", "closed"],
  ["bound", "bound"],
]);

const OF_TCP: readonly string[] = ["state", "remoteport", "remoteaddress", "appliedsetting", "offloadstate"];

/** By what the text says of the object; then by properties that only connections have; then by what is known of the text. */
export const transportOf = ({ values, protocol }: PropertyRecord, hint: TextHint): Transport | null => {
  if (protocol !== null) return protocol;
  if (OF_TCP.some((name) => (values.get(name) ?? "") !== "")) return "tcp";
  if (hint.protocol !== null) return hint.protocol;
  if (OF_TCP.some((name) => values.has(name))) return "tcp";
  return values.has("localaddress") ? "udp" : null;
};

const stateOf = (state: string): SocketState | null => {
  const number = integerOf(state);
  return number === null ? (STATES.get(state.toLowerCase()) ?? null) : stateOfNumber(number);
};

const NO_PORT = "there is no local port";
const NO_STATE = "the state is unknown";

const tcpStateOf = ({ line, values }: PropertyRecord, problems: ProblemList): SocketState => {
  const printed = values.get("state") ?? "";
  const state = stateOf(printed);
  if (state === null)
    problems.add(NO_STATE, line, printed === "" ? "there is no state." : `the state ${quoted(printed)} is unknown.`);
  return state ?? "connected";
};

const familyOf = (address: string, hint: TextHint): Family => {
  if (address.includes(":")) return "ipv6";
  return address.includes(".") ? "ipv4" : (hint.family ?? "ipv4");
};

const ownerOf = ({ line, values }: PropertyRecord, problems: ProblemList): number | null => {
  const printed = values.get("owningprocess") ?? "";
  const processId = processIdOf(printed);
  if (processId === null && printed !== "")
    problems.add("the process id is none", line, `${quoted(printed)} is no process id.`);
  return processId;
};

/** Where the properties chosen hold no address. */
const ANY_ADDRESS = "*";

/** Null, with a problem, for an object without a port. */
export const socketOf = (
  record: PropertyRecord,
  protocol: Transport,
  hint: TextHint,
  problems: ProblemList,
): SocketRow | null => {
  const { line, values } = record;
  const printed = values.get("localport") ?? "";
  const localPort = portOf(printed);
  if (localPort === null) {
    problems.add(NO_PORT, line, printed === "" ? `${NO_PORT}.` : `${quoted(printed)} is no port.`);
    return null;
  }
  const localAddress = values.get("localaddress") || ANY_ADDRESS;
  const remotePort = protocol === "udp" ? 0 : (portOf(values.get("remoteport") ?? "") ?? 0);
  return {
    protocol,
    family: familyOf(localAddress, hint),
    localAddress,
    localPort,
    remoteAddress: remotePort === 0 ? null : (values.get("remoteaddress") ?? null),
    remotePort,
    state: protocol === "udp" ? "udp" : tcpStateOf(record, problems),
    processId: ownerOf(record, problems),
    created: parseIsoTime(values.get("creationtime") ?? ""),
    isPortExplicit: null,
  };
};
