// What a collector finds when it asks for every File handle what it is to: the handle table, a row for each AFD handle, and
// how it went for each process (docs/capture-format.md; handles reference, sections 1, 3, 5 and 7).

import { socketAddress } from "../../socket-address.ts";
import { AF, bluetoothAddress, hyperVAddress, unixAddress } from "../afd-address.ts";
import { type AfdRow, afdRow, STATUS, wineKind } from "../afd-rows.ts";
import type { HandleEntry } from "../handle-table.ts";
import type { KernelObject, Machine, PortlessKind, Process, Socket } from "../machine.ts";
import { IP_PROTOCOL, SHARED_STATE, sharedInfo, SOCKET_TYPE } from "../shared-info.ts";

export type Inspection = {
  readonly processId: number;
  readonly status: "inspected" | "sampled" | "partial" | "out-of-time" | "refused" | "exited" | "skipped";
  readonly fileHandles: number;
  readonly inspected: number;
  readonly refused: number;
  readonly afdHandles: number;
  readonly queried: number;
  readonly timedOut: number;
  readonly error: number | null;
};

/** Position of File in the kernel's type table; it changes with the build, so no reader may know it. */
const fileTypeIndex = ({ osBuild, wine }: Machine["options"]): number => {
  if (wine) return 17;
  return osBuild < 9200 ? 28 : 37;
};
const OTHER_TYPE_INDEX = 16;

/** 24H2 gives addresses only to who has SeDebugPrivilege enabled; Wine to nobody. */
const hidesObjects = ({ osBuild, debugPrivilege, wine }: Machine["options"]): boolean =>
  wine || (osBuild >= 26_100 && !debugPrivilege);

/** FileVolumeNameInformation is there from Windows 8 on. */
const tellsNames = ({ osBuild, wine }: Machine["options"]): boolean => !wine && osBuild >= 9200;

type Asked = { readonly object: KernelObject; readonly row: Partial<AfdRow> };

const NOTHING = new Uint8Array(0);

const familyNumber = (address: string): number => (address.includes(":") ? AF.inet6 : AF.inet);

const activityOf = ({ state }: Socket): 0 | 1 | 2 => {
  if (state === "listening") return 1;
  return state === "bound" || state === "udp" || state === "unbound" ? 0 : 2;
};

const sharedStateOf = (socket: Socket): number =>
  activityOf(socket) === 2 ? SHARED_STATE.connected : SHARED_STATE.bound;

const makeContext = (socket: Socket): Uint8Array =>
  sharedInfo({
    state: sharedStateOf(socket),
    family: familyNumber(socket.local.address),
    socketType: socket.protocol === "tcp" ? SOCKET_TYPE.stream : SOCKET_TYPE.datagram,
    ipProtocol: IP_PROTOCOL[socket.protocol],
    isListening: socket.state === "listening",
  });

const CONTEXTS = new Map<string, Uint8Array>();

/** Sockets in one state have one context, but for the addresses behind its fixed part, which a collector may leave out. */
const contextOf = (socket: Socket): Uint8Array => {
  const key = `${socket.protocol} ${socket.state} ${familyNumber(socket.local.address)}`;
  const known = CONTEXTS.get(key) ?? makeContext(socket);
  CONTEXTS.set(key, known);
  return known;
};

const askSocket = (box: Machine, socket: Socket): Asked => {
  const { wine } = box.options;
  const socketType = socket.protocol === "tcp" ? SOCKET_TYPE.stream : SOCKET_TYPE.datagram;
  return {
    object: socket.object,
    row: {
      address: socketAddress(socket.local),
      context: wine ? NOTHING : contextOf(socket),
      contextStatus: wine ? STATUS.invalidDeviceRequest : STATUS.success,
      kind: wine
        ? wineKind(familyNumber(socket.local.address), socketType, IP_PROTOCOL[socket.protocol], activityOf(socket))
        : NOTHING,
    },
  };
};

type PortlessAnswer = {
  readonly address: Uint8Array | null;
  readonly family: number;
  readonly socketType: number;
  readonly ipProtocol: number;
};

const { stream, raw } = SOCKET_TYPE;

const PORTLESS: Readonly<Record<PortlessKind, PortlessAnswer>> = {
  unbound: { address: null, family: AF.inet, socketType: stream, ipProtocol: IP_PROTOCOL.tcp },
  unix: { address: unixAddress("C:\\run\\agent.sock"), family: AF.unix, socketType: stream, ipProtocol: 0 },
  bluetooth: { address: bluetoothAddress(), family: AF.bluetooth, socketType: stream, ipProtocol: 3 },
  "hyper-v": { address: hyperVAddress(), family: AF.hyperV, socketType: stream, ipProtocol: 1 },
  raw: {
    address: socketAddress({ address: "0.0.0.0", port: 0 }),
    family: AF.inet,
    socketType: raw,
    ipProtocol: IP_PROTOCOL.icmp,
  },
};

const askPortless = (kind: PortlessKind, object: KernelObject): Asked => {
  const { address, family, socketType, ipProtocol } = PORTLESS[kind];
  const state = address === null ? SHARED_STATE.open : SHARED_STATE.bound;
  return {
    object,
    row: {
      address: address ?? NOTHING,
      addressStatus: address === null ? STATUS.invalidParameter : STATUS.success,
      context: sharedInfo({ state, family, socketType, ipProtocol, isListening: false }),
    },
  };
};

const askHelper = (object: KernelObject): Asked => ({
  object,
  row: { addressStatus: STATUS.invalidParameter, contextStatus: STATUS.invalidParameter },
});

/** Without names only what answers like a socket is known as one. */
const askAll = (box: Machine): readonly Asked[] => [
  ...box.sockets.map((socket) => askSocket(box, socket)),
  ...(tellsNames(box.options)
    ? [
        ...box.portless.map(({ kind, object }) => askPortless(kind, object)),
        ...box.objects.filter(({ kind }) => kind === "helper").map(askHelper),
      ]
    : []),
];

const nameOf = (box: Machine): Partial<AfdRow> => {
  if (tellsNames(box.options)) return {};
  return { name: "", nameStatus: box.options.wine ? STATUS.notImplemented : STATUS.invalidInfoClass };
};

const NOT_ASKED = {
  address: NOTHING,
  context: NOTHING,
  addressStatus: STATUS.notAsked,
  contextStatus: STATUS.notAsked,
} as const;

const isOpen = (box: Machine): ReadonlySet<number> =>
  new Set(
    box.processes
      .filter(({ processId, refusal }) => refusal === 0 && !box.unreached.has(processId))
      .map(({ processId }) => processId),
  );

/** Rows of the processes that could be opened, process by process. */
export const afdRowsOf = (box: Machine): readonly AfdRow[] => {
  const open = isOpen(box);
  const seen = new Map<number, number>();
  const rows = askAll(box).flatMap(({ object, row }) =>
    object.handles
      .filter(({ processId }) => open.has(processId))
      .map(({ processId, value }) => {
        const index = seen.get(processId) ?? 0;
        seen.set(processId, index + 1);
        return afdRow({
          ...row,
          ...nameOf(box),
          ...(index % (box.samples.get(processId) ?? 1) === 0 ? {} : NOT_ASKED),
          processId,
          handle: value,
          object: hidesObjects(box.options) ? 0n : object.address,
          handleCount: object.handles.length,
        });
      }),
  );
  return rows.toSorted((a, b) => a.processId - b.processId);
};

const allObjects = (box: Machine): readonly KernelObject[] => [
  ...box.sockets.map(({ object }) => object),
  ...box.portless.map(({ object }) => object),
  ...box.objects,
];

export const handleEntries = (box: Machine): readonly HandleEntry[] => {
  const entries = allObjects(box).flatMap(({ address, kind, handles }) =>
    handles.map(({ processId, value }) => ({
      object: hidesObjects(box.options) ? 0n : address,
      processId,
      handle: value,
      access: kind === "other" ? 0x001f_0003 : 0x0016_019f,
      typeIndex: kind === "other" ? OTHER_TYPE_INDEX : fileTypeIndex(box.options),
      attributes: handles.length > 1 ? 2 : 0,
    })),
  );
  return entries.toSorted((a, b) => a.processId - b.processId || a.handle - b.handle);
};

const statusOf = (box: Machine, { processId, refusal }: Process): Inspection["status"] => {
  if (processId === 4) return "skipped";
  if (box.unreached.has(processId)) return "out-of-time";
  if (refusal !== 0) return "refused";
  return box.samples.has(processId) ? "sampled" : "inspected";
};

const rowsByProcess = (rows: readonly AfdRow[]): ReadonlyMap<number, readonly AfdRow[]> => {
  const byProcess = new Map<number, AfdRow[]>();
  for (const row of rows) {
    const own = byProcess.get(row.processId) ?? [];
    own.push(row);
    byProcess.set(row.processId, own);
  }
  return byProcess;
};

/** `afdRows` are those of the machine. */
export const inspectionsOf = (box: Machine, afdRows: readonly AfdRow[]): readonly Inspection[] => {
  const fileHandles = new Map<number, number>();
  for (const { handles } of allObjects(box).filter(({ kind }) => kind !== "other"))
    for (const { processId } of handles) fileHandles.set(processId, (fileHandles.get(processId) ?? 0) + 1);
  const rows = rowsByProcess(afdRows);
  return box.processes
    .filter(({ processId }) => processId !== 0)
    .map((process): Inspection => {
      const count = fileHandles.get(process.processId) ?? 0;
      const own = rows.get(process.processId) ?? [];
      const status = statusOf(box, process);
      const isLooked = status === "inspected" || status === "sampled";
      return {
        processId: process.processId,
        status,
        fileHandles: count,
        inspected: isLooked ? count : 0,
        refused: status === "refused" ? count : 0,
        afdHandles: own.length,
        queried: own.filter(({ addressStatus }) => addressStatus !== STATUS.notAsked).length,
        timedOut: 0,
        error: status === "refused" ? process.refusal : null,
      };
    });
};
