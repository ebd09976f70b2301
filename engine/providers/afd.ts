/**
 * Microsoft-Windows-Winsock-AFD, ids 1000 to 3007: Windows 7 and later. Every event has version 0 and the same fields in
 * all manifests from Windows 7 (7600) to Windows 11 26H1.
 * Sources: the provider's manifests (collections repnz/etw-providers-docs and jdu2600/Windows10EtwEvents); meaning of
 * EnterExit from Microsoft's "AFD_EVENT_CREATE" page (0 request, 1 completion, 2 AFD itself, 3 transport, 4 option).
 * Names are those of the manifest's tasks.
 */
import type { Layout } from "../bytes/layout.ts";
import { AFD_VISTA_EVENTS } from "./afd-vista.ts";
import type { EventLayout, Provider } from "./provider.ts";

const SOCKET = [
  ["EnterExit", "u32"],
  ["Location", "u32"],
  ["Process", "ptr"],
  ["Endpoint", "ptr"],
] as const satisfies Layout;
const STATUS = [...SOCKET, ["Status", "u32"]] as const satisfies Layout;
const BUFFERS = [
  ...SOCKET,
  ["BufferCount", "u32"],
  ["Buffer", "ptr"],
  ["BufferLength", "u32"],
  ["Status", "u32"],
] as const satisfies Layout;
const BUFFERS_ADDRESS = [...BUFFERS, ["Address", "sockaddr"]] as const satisfies Layout;
const BUFFER_ADDRESS = [
  ...SOCKET,
  ["Buffer", "ptr"],
  ["BufferLength", "u32"],
  ["Status", "u32"],
  ["Address", "sockaddr"],
] as const satisfies Layout;
const ACCEPT_ADDRESS = [
  ...BUFFER_ADDRESS,
  ["AcceptEndpoint", "ptr"],
  ["CurrentBacklog", "u32"],
] as const satisfies Layout;

const event = (id: number, name: string, fields: Layout): EventLayout => ({ id, version: 0, name, fields });

export const AFD: Provider = {
  name: "Microsoft-Windows-Winsock-AFD",
  guid: "e53c6823-7bb8-44bb-90dc-3f86090d48a6",
  form: "manifest",
  events: [
    event(1000, "AfdCreate", [
      ...SOCKET,
      ["AddressFamily", "u32"],
      ["SocketType", "u32"],
      ["Protocol", "u32"],
      ["ProcessId", "ptr"],
      ["Status", "u32"],
    ]),
    event(1001, "AfdClose", STATUS),
    event(1002, "AfdCleanup", STATUS),
    event(1003, "AfdSend", BUFFERS),
    event(1004, "AfdReceive", BUFFERS),
    event(1005, "AfdSendTo", BUFFERS),
    event(1006, "AfdReceiveFrom", BUFFERS),
    event(1007, "AfdSendToWithAddress", BUFFERS_ADDRESS),
    event(1009, "AfdReceiveFromWithAddress", BUFFERS_ADDRESS),
    event(1011, "AfdSendMessage", BUFFERS),
    event(1012, "AfdReceiveMessage", BUFFERS),
    event(1013, "AfdSendMessageWithAddress", BUFFERS_ADDRESS),
    event(1015, "AfdReceiveMessageWithAddress", BUFFERS_ADDRESS),
    event(1017, "AfdConnect", STATUS),
    event(1018, "AfdConnectWithAddress", BUFFER_ADDRESS),
    event(1020, "AfdConnectEx", STATUS),
    event(1021, "AfdConnectExWithAddress", BUFFER_ADDRESS),
    event(1023, "AfdAccept", STATUS),
    event(1024, "AfdAcceptWithAddress", ACCEPT_ADDRESS),
    event(1026, "AfdAcceptEx", STATUS),
    event(1027, "AfdAcceptExWithAddress", ACCEPT_ADDRESS),
    event(1029, "AfdBind", STATUS),
    event(1030, "AfdBindWithAddress", [...STATUS, ["Address", "sockaddr"]]),
    event(1032, "AfdAbort", [...SOCKET, ["Reason", "u32"]]),
    event(1033, "AfdDatagramDropWithAddress", [
      ...SOCKET,
      ["Buffer", "ptr"],
      ["BufferLength", "u32"],
      ["Address", "sockaddr"],
      ["Reason", "u32"],
    ]),
    event(1035, "AfdOption", [...SOCKET, ["Option", "u32"], ["Value", "u32"], ["Status", "u32"]]),
    event(1036, "AfdWaitForListen", STATUS),
    event(1037, "AfdListen", [...SOCKET, ["Backlog", "u32"], ["Status", "u32"]]),
    event(3000, "AfdConnectIndication", STATUS),
    event(3001, "AfdConnectIndicationWithAddress", [...STATUS, ["Address", "sockaddr"], ["CurrentBacklog", "u32"]]),
    event(3003, "AfdDataIndication", [...SOCKET, ["Buffer", "ptr"], ["BufferLength", "u32"]]),
    event(3004, "AfdDataIndicationWithAddress", [
      ...SOCKET,
      ["Buffer", "ptr"],
      ["BufferLength", "u32"],
      ["Address", "sockaddr"],
    ]),
    event(3006, "AfdDisconnect", STATUS),
    event(3007, "AfdSendBackLog", [...SOCKET, ["SendBacklog", "u32"]]),
    ...AFD_VISTA_EVENTS,
  ],
};
