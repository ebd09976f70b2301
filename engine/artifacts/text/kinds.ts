/** Every kind of text. A text may be of several: each looks for its own shapes in all of it. */

import type { TextKind } from "../decoded.ts";
import { DYNAMIC_PORT_RANGE } from "./dynamic-port-range.ts";
import { EXCLUDED_PORT_RANGE } from "./excluded-port-range.ts";
import { HANDLE_LIST } from "./handle-list.ts";
import { NET_TCP_CONNECTION, NET_UDP_ENDPOINT } from "./net-tcp-connection.ts";
import { NETSTAT } from "./netstat.ts";
import { TCPIP_EVENT } from "./tcpip-event.ts";

export const TEXT_KINDS: readonly TextKind[] = [
  NETSTAT,
  DYNAMIC_PORT_RANGE,
  EXCLUDED_PORT_RANGE,
  NET_TCP_CONNECTION,
  NET_UDP_ENDPOINT,
  HANDLE_LIST,
  TCPIP_EVENT,
];
