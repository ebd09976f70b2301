/**
 * Microsoft-Windows-TCPIP: the events about endpoints, binds, connects, port acquisition and reservations. The manifest
 * has several hundred more; only those are declared that say something about ports.
 * Source: the provider's manifests, Windows 7 (7600) to Windows 11 26H1. Later versions append ProcessStartKey, but
 * version 1 of 1005-1009 and version 2 of 1013 put Endpoint in front: a version says nothing about the next one.
 */
import type { Layout } from "../bytes/layout.ts";
import type { EventLayout, Provider } from "./provider.ts";

const START_KEY = [["ProcessStartKey", "u64"]] as const satisfies Layout;
const LOCAL = [["LocalAddress", "sockaddr"]] as const satisfies Layout;
const BOTH = [
  ["LocalAddress", "sockaddr"],
  ["RemoteAddress", "sockaddr"],
] as const satisfies Layout;
const LOCAL_STATUS = [...LOCAL, ["Status", "u32"]] as const satisfies Layout;
const OWNER = [
  ["Status", "u32"],
  ["ProcessId", "u32"],
  ["CompartmentId", "u32"],
  ["AddressFamily", "u32"],
] as const satisfies Layout;
const CONNECTION = [
  ...BOTH,
  ["Status", "u32"],
  ["ProcessId", "u32"],
  ["Compartment", "u32"],
  ["Tcb", "ptr"],
] as const satisfies Layout;
const TCB_STEP = [["Tcb", "ptr"], ...BOTH, ["NewState", "u32"], ["RexmitCount", "u32"]] as const satisfies Layout;
const RESERVATION = [
  ["ProcessId", "u32"],
  ["Status", "u32"],
  ["StartPort", "u16"],
  ["NumberOfPorts", "u16"],
] as const satisfies Layout;
const LISTENER = [["Listener", "ptr"], ...LOCAL, ...OWNER] as const satisfies Layout;
const PORT = [
  ["PortAcquirer", "ptr"],
  ["PortNumber", "u16"],
  ["WeakReference", "u32"],
  ["OriginalAcquirer", "ptr"],
] as const satisfies Layout;
const UDP_OWNER = [["Endpoint", "ptr"], ...OWNER] as const satisfies Layout;
const UDP_STATUS = [...LOCAL_STATUS, ["Endpoint", "ptr"]] as const satisfies Layout;
const RUNDOWN = [["Tcb", "ptr"], ...BOTH, ["State", "u32"], ["Pid", "u32"]] as const satisfies Layout;

/** Version n has the n-th layout. */
const event = (id: number, name: string, ...versions: readonly Layout[]): readonly EventLayout[] =>
  versions.map((fields, version) => ({ id, version, name, fields }));

/** Version 1 appends the process start key. */
const keyed = (id: number, name: string, fields: Layout, ...later: readonly Layout[]): readonly EventLayout[] =>
  event(id, name, fields, [...fields, ...START_KEY], ...later);

/** Version 1 puts the endpoint in front. */
const prefixed = (id: number, name: string): readonly EventLayout[] =>
  event(id, name, LOCAL_STATUS, [["Endpoint", "ptr"], ...LOCAL_STATUS]);

const rows = <T extends readonly EventLayout[]>(
  make: (id: number, name: string) => T,
  ids: Readonly<Record<number, string>>,
): readonly EventLayout[] => Object.entries(ids).flatMap(([id, name]) => make(Number(id), name));

const BINDS = rows(prefixed, {
  1005: "TcpBindEndpointResolutionFailure",
  1006: "TcpBindEndpointPortFailure",
  1007: "TcpBindEndpointInspectionFailure",
  1008: "TcpBindEndpointComplete",
  1009: "TcpCloseEndpoint",
  1470: "TcpBindEndpointWakeFailure",
});

const CREATIONS = rows((id, name) => keyed(id, name, [...LOCAL, ...OWNER]), {
  1010: "TcpCreateEndpointAfFailure",
  1011: "TcpCreateEndpointCompartmentFailure",
  1012: "TcpCreateEndpointInspectionFailure",
});

const CONNECTIONS = rows((id, name) => keyed(id, name, CONNECTION), {
  1014: "TcpAccpetListenerRouteLookupFailure",
  1016: "TcpAcceptListenerRejected",
  1017: "TcpAcceptListenerComplete",
  1018: "TcpConnectTcbFailedAf",
  1020: "TcpConnectTcbFailedInspect",
  1021: "TcpConnectTcbFailedRoute",
  1029: "TcpConnectTcbCancel",
  1031: "TcpConnectTcbProceeding",
  1032: "TcpConnectTcbRateLimitCancel",
  1033: "TcpConnectTcbComplete",
  1034: "TcpConnectTcbFailure",
  1035: "TcpConnectTcbFailInspectConnectComplete",
  1036: "TcpConnectTcbFailSessionState",
  1037: "TcpConnectTcbFailDontFragment",
  1038: "TcpCloseTcbRequest",
  1039: "TcpAbortTcbRequest",
  1040: "TcpAbortTcbComplete",
  1044: "TcpShutdownTcb",
  1045: "TcpConnectTcbTimeout",
  1046: "TcpDisconnectTcbRtoTimeout",
  1047: "TcpDisconnectTcbKeepaliveTimeout",
  1048: "TcpDisconnectTcbTimeout",
  1049: "TcpConnectTcbEstatsFailed",
  1050: "TcpConnectFailedPortAcquire",
  1200: "TcpDisconnectTcbZeroWindowTimeout",
  1201: "TcpDisconnectTcbFinWait2Timeout",
});

const STEPS = rows((id, name) => event(id, name, TCB_STEP), {
  1002: "TcpRequestConnect",
  1015: "TcpAcceptListenerInsertionFailure",
  1030: "TcpConnectTcbFailInsertion",
  1364: "TcpInsertConnectionTuple",
  1365: "TcpRemoveConnectionTuple",
});

const LISTENERS = rows((id, name) => keyed(id, name, LISTENER), {
  1117: "TcpListenerActivationFailedAf",
  1118: "TcpListenerActivationFailedCompartment",
  1119: "TcpListenerActivationFailedInspection1",
  1120: "TcpListenerActivationFailedInspection2",
  1121: "TcpListenerBindFailedResolution",
  1122: "TcpListenerBindFailedPort",
  1123: "TcpListenerActivated",
  1124: "TcpListenerUnbound",
});

const PORTS = rows((id, name) => event(id, name, PORT), {
  1191: "TcpAcquirePort",
  1192: "TcpAcquireWeakRefPort",
  1193: "TcpReleasePort",
  1194: "TcpReplacePort",
  1195: "TcpAssignedWeakReferencePort",
});

const RESERVATIONS = rows((id, name) => keyed(id, name, RESERVATION), {
  1052: "TcpEndpointAcquirePortReservation",
  1053: "TcpEndpointFailedPortReservation",
  1054: "TcpGlobalPortReservation",
});

const UDP_ENDPOINTS = rows((id, name) => keyed(id, name, UDP_OWNER), {
  1389: "UdpCreateEndpointAfFailure",
  1390: "UdpCreateEndpointCompartmentFailure",
  1391: "UdpCreateEndpointComplete",
  1392: "UdpCreateEndpointInspectionFailure",
});

const UDP_BINDS = rows((id, name) => event(id, name, UDP_STATUS), {
  1393: "UdpBindEndpointResolutionFailure",
  1394: "UdpBindEndpointPortFailure",
  1395: "UdpBindEndpointInspectionFailure",
  1397: "UdpCloseEndpointBound",
  1398: "UdpCloseEndpointUnBound",
  1471: "UdpBindEndpointWakeFailure",
});

export const TCPIP: Provider = {
  name: "Microsoft-Windows-TCPIP",
  guid: "2f07e2ee-15db-40f1-90ef-9d7ba282188a",
  form: "manifest",
  events: [
    ...event(1001, "TcpEndpointCreation", [
      ["Status", "u32"],
      ["Endpoint", "ptr"],
      ["AddressFamily", "u32"],
      ["Pid", "u32"],
    ]),
    ...BINDS,
    ...CREATIONS,
    ...keyed(
      1013,
      "TcpCreateEndpointComplete",
      [...LOCAL, ...OWNER],
      [["Endpoint", "ptr"], ...LOCAL, ...OWNER, ...START_KEY],
    ),
    ...CONNECTIONS,
    ...keyed(1043, "TcpDisconnectTcbComplete", CONNECTION, [...CONNECTION, ...START_KEY, ["Inspect", "bool32"]]),
    ...keyed(1468, "TcpSystemAbortTcb", CONNECTION, [...CONNECTION, ...START_KEY, ["Reason", "u32"]]),
    ...event(1564, "TcpConnectTcbFailedAccess", [...CONNECTION, ...START_KEY]),
    ...STEPS,
    ...event(1051, "TcpTcbStateChange", [
      ["OldState", "u32"],
      ["NewState", "u32"],
      ["SndNxt", "u32"],
      ["Tcb", "ptr"],
    ]),
    ...event(1003, "TcpInspectConnectComplete", [
      ["Tcb", "ptr"],
      ["Status", "u32"],
      ["AddressFamily", "u32"],
    ]),
    ...event(1089, "TcpConnectTcbFailedActiveConnect", [
      ["Tcb", "ptr"],
      ["Status", "u32"],
      ["AddressFamily", "u32"],
    ]),
    ...RESERVATIONS,
    ...LISTENERS,
    ...PORTS,
    ...keyed(
      1300,
      "TcpConnectionRundown",
      RUNDOWN,
      [...RUNDOWN, ...START_KEY, ["SendTrackerEnabled", "u32"]],
      [...RUNDOWN, ...START_KEY, ["SendTrackerEnabled", "u32"], ["RcvBufSet", "u32"]],
    ),
    ...event(1356, "TcpRtcPortRangeAssignment", [
      ["AssignedFromRtcRange", "u32"],
      ["Port", "u16"],
    ]),
    ...event(1366, "TcpDeferPortSelection", LOCAL_STATUS),
    ...UDP_ENDPOINTS,
    ...UDP_BINDS,
    ...event(1396, "UdpBindEndpointComplete", UDP_STATUS, [...UDP_STATUS, ["Pid", "u32"], ...START_KEY]),
    ...event(1472, "InetWakeAcquirePort", [
      ["AcquireType", "u32"],
      ["Port", "u16"],
      ["AddressFamily", "u32"],
      ["Interface", "u32"],
      ["Compartment", "u32"],
    ]),
    ...event(1519, "TcpGlobalPortReservation1519", [
      ["ProcessId", "u32"],
      ["Status", "u32"],
      ["ReservationType", "u32"],
      ["IPTransportProtocol", "u32"],
      ["StartPort", "u16"],
      ["NumberOfPorts", "u16"],
      ["ProcessSequenceNumber", "u64"],
    ]),
  ],
};
