/**
 * Microsoft-Windows-Winsock-AFD, ids 1 to 41: the generation of Windows Vista, still in every later manifest. These events
 * have no enter and exit: each is logged once. Meanings from Microsoft's page "Winsock network event tracing details"; the
 * manifest gives the tasks numbers only, so the names here follow that page.
 * Not stated anywhere: the byte order of Port, and the length of a binary IPv6 address (16 bytes are implied).
 */
import type { Layout } from "../bytes/layout.ts";
import type { EventLayout } from "./provider.ts";

const SOCKET = [
  ["Process", "ptr"],
  ["Endpoint", "ptr"],
] as const satisfies Layout;
const ERROR = [...SOCKET, ["Error", "u32"]] as const satisfies Layout;
const REASON = [...SOCKET, ["Reason", "i32"]] as const satisfies Layout;
const V4 = [...SOCKET, ["Address", "ip4"], ["Port", "u16"]] as const satisfies Layout;
const V6 = [...SOCKET, ["Address", "ip6"], ["Port", "u16"]] as const satisfies Layout;
const TRANSFER = [
  ...SOCKET,
  ["FastPath", "bool32"],
  ["BufferCount", "i32"],
  ["Buffer", "ptr"],
  ["BufferLength", "u32"],
] as const satisfies Layout;
const BUFFER = [...SOCKET, ["Buffer", "ptr"], ["BufferLength", "u32"]] as const satisfies Layout;
const BUFFERS = [
  ...SOCKET,
  ["BufferCount", "i32"],
  ["Buffer", "ptr"],
  ["BufferLength", "u32"],
] as const satisfies Layout;
const PACKET = [...SOCKET, ["PacketSize", "i32"]] as const satisfies Layout;
const LISTENER = [
  ["Process", "ptr"],
  ["ListenEndpoint", "ptr"],
] as const satisfies Layout;

const ADDRESS_V4 = [
  ["Address", "ip4"],
  ["Port", "u16"],
] as const satisfies Layout;
const ADDRESS_V6 = [
  ["Address", "ip6"],
  ["Port", "u16"],
] as const satisfies Layout;

const event = (id: number, name: string, fields: Layout): EventLayout => ({ id, version: 0, name, fields });

export const AFD_VISTA_EVENTS: readonly EventLayout[] = [
  event(1, "SocketCreate", [
    ...SOCKET,
    ["AddressFamily", "u32"],
    ["SocketType", "u32"],
    ["Protocol", "u32"],
    ["UserModePid", "ptr"],
  ]),
  event(2, "BindV4", [...V4, ["Status", "u32"]]),
  event(3, "BindV6", [...V6, ["Status", "u32"]]),
  event(4, "ConnectV4", V4),
  event(5, "ConnectV6", V6),
  event(6, "ConnectCompleted", ERROR),
  event(7, "AfdAbort", REASON),
  event(8, "TransportAbort", REASON),
  event(9, "SendFailed", ERROR),
  event(10, "SendMessageFailed", ERROR),
  event(11, "ReceiveFailed", ERROR),
  event(12, "ReceiveFromFailed", ERROR),
  event(13, "SocketClose", ERROR),
  event(14, "SocketCleanup", ERROR),
  event(15, "AcceptV4", [...V4, ["Status", "u32"]]),
  event(16, "AcceptV6", [...V6, ["Status", "u32"]]),
  event(17, "AcceptFailed", ERROR),
  event(18, "Send", TRANSFER),
  event(19, "Receive", TRANSFER),
  event(20, "ReceiveFrom", TRANSFER),
  event(21, "SendToV4", [...TRANSFER, ...ADDRESS_V4]),
  event(22, "SendToV6", [...TRANSFER, ...ADDRESS_V6]),
  event(23, "SendCompleted", BUFFER),
  event(24, "ReceiveCompleted", BUFFER),
  event(25, "SendToCompleted", BUFFER),
  event(26, "ReceiveFromCompletedV4", [...BUFFERS, ...ADDRESS_V4]),
  event(27, "ReceiveFromCompletedV6", [...BUFFERS, ...ADDRESS_V6]),
  event(28, "TransferCompleted", BUFFER),
  event(29, "SocketOption", [...SOCKET, ["Option", "u32"], ["Value", "u32"]]),
  event(30, "Select", [
    ["Process", "ptr"],
    ["HandleCount", "i32"],
    ["Timeout", "i32"],
  ]),
  event(31, "SelectCompleted", ERROR),
  event(32, "EventSelect", [...SOCKET, ["EventMask", "u32"]]),
  event(33, "DatagramDropV4", [...PACKET, ...ADDRESS_V4, ["Reason", "i32"]]),
  event(34, "DatagramDropV6", [...PACKET, ...ADDRESS_V6, ["Reason", "i32"]]),
  event(35, "ConnectIndicationV4", [...LISTENER, ...ADDRESS_V4]),
  event(36, "ConnectIndicationV6", [...LISTENER, ...ADDRESS_V6]),
  event(37, "DataIndication", [...SOCKET, ["BytesIndicated", "i32"]]),
  event(38, "DatagramIndicationV4", [...V4, ["BytesIndicated", "i32"]]),
  event(39, "DatagramIndicationV6", [...V6, ["BytesIndicated", "i32"]]),
  event(40, "BindFailed", ERROR),
  event(41, "DisconnectIndication", SOCKET),
];
