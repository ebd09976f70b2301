/**
 * Which fields of an event the analysis reads, and where each lands in the row. The same fact has several names in the
 * manifests (ProcessId, Pid, UserModePid); here it has one.
 */

/** Fields marked 2 take two slots: where the bytes start, and how many there are. */
const WIDTHS = {
  enterExit: 1,
  process: 1,
  endpoint: 1,
  status: 1,
  processId: 1,
  addressFamily: 1,
  socketType: 1,
  protocol: 1,
  address: 2,
  port: 1,
  localAddress: 2,
  remoteAddress: 2,
  tcb: 1,
  newState: 1,
  state: 1,
  portNumber: 1,
  startPort: 1,
  numberOfPorts: 1,
  imageName: 2,
} as const;

export type SlotName = keyof typeof WIDTHS;

const FIELD_NAMES: Readonly<Record<string, SlotName>> = {
  EnterExit: "enterExit",
  Process: "process",
  UniqueProcessKey: "process",
  Endpoint: "endpoint",
  Status: "status",
  Error: "status",
  ProcessId: "processId",
  ProcessID: "processId",
  Pid: "processId",
  UserModePid: "processId",
  AddressFamily: "addressFamily",
  SocketType: "socketType",
  Protocol: "protocol",
  IPTransportProtocol: "protocol",
  Address: "address",
  Port: "port",
  LocalAddress: "localAddress",
  RemoteAddress: "remoteAddress",
  Tcb: "tcb",
  NewState: "newState",
  State: "state",
  PortNumber: "portNumber",
  StartPort: "startPort",
  NumberOfPorts: "numberOfPorts",
  ImageName: "imageName",
  ImageFileName: "imageName",
};

const assignSlots = (): { readonly slots: Readonly<Record<SlotName, number>>; readonly size: number } => {
  let next = 0;
  const slots: Partial<Record<SlotName, number>> = {};
  for (const [name, width] of Object.entries(WIDTHS) as [SlotName, number][]) {
    slots[name] = next;
    next += width;
  }
  return { slots: slots as Record<SlotName, number>, size: next };
};

const assigned = assignSlots();

/** Index in a row's values by field. */
export const SLOT = assigned.slots;
export const ROW_SIZE = assigned.size;

export const slotOfField = (name: string): number => {
  const slot = FIELD_NAMES[name];
  return slot === undefined ? -1 : SLOT[slot];
};
