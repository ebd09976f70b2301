// afd-handles.bin: what each kind of AFD handle is told as, and what becomes of rows that are cut, lie, or make no sense.

import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { decodeAfdHandles } from "../../../engine/artifacts/afd-handles.ts";
import { AF, bluetoothAddress, hyperVAddress, tdiAddress, unixAddress } from "../../builders/capture/afd-address.ts";
import { type AfdRow, afdHandles, afdRow, STATUS, wineKind } from "../../builders/capture/afd-rows.ts";
import { IP_PROTOCOL, SHARED_STATE, sharedInfo, SOCKET_TYPE } from "../../builders/capture/shared-info.ts";
import { concatenate } from "../../builders/byte-sink.ts";
import { socketAddress } from "../../builders/socket-address.ts";

const V4 = { address: "192.168.7.20", port: 50_001 } as const;
const V6 = { address: "2001:db8::7:20", port: 50_002 } as const;

const tcpContext = (given: Partial<Parameters<typeof sharedInfo>[0]> = {}): Uint8Array =>
  sharedInfo({
    state: SHARED_STATE.bound,
    family: AF.inet,
    socketType: SOCKET_TYPE.stream,
    ipProtocol: IP_PROTOCOL.tcp,
    isListening: false,
    ...given,
  });

const socketRow = (given: Partial<AfdRow> = {}): AfdRow =>
  afdRow({
    processId: 5868,
    handle: 0x1a4,
    object: 0xffff_e20a_1c00_0180n,
    address: socketAddress(V4),
    context: tcpContext(),
    ...given,
  });

const decodeOne = (given: Partial<AfdRow> = {}) => {
  const decoded = decodeAfdHandles(afdHandles([socketRow(given)]));
  expect(decoded.problems).toEqual([]);
  expect(decoded.handles).toHaveLength(1);
  return decoded.handles[0];
};

describe("a socket", () => {
  test("has its owner, object, count, address and protocol", () => {
    expect(decodeOne({ handleCount: 3 })).toMatchObject({
      processId: 5868,
      object: 0xffff_e20a_1c00_0180n,
      handleCount: 3,
      address: V4,
      socket: { protocol: "tcp", isInternet: true, state: "idle" },
      isHelper: false,
    });
  });

  test("of IPv6 has its address", () => {
    const context = tcpContext({ family: AF.inet6 });
    expect(decodeOne({ address: socketAddress(V6), context })).toMatchObject({ address: V6 });
  });

  test.each([
    [3, V4],
    [7, V6],
    [0x10, V4],
  ])("in TDI's form (used %i times) has its address", (activity, endpoint) => {
    expect(decodeOne({ address: tdiAddress(endpoint, activity) })).toMatchObject({ address: endpoint });
  });

  test.each([1, 2, 23, 32, 34])(
    "in TDI's form whose use count %i looks like a family has its port, or none, but no other",
    (activity) => {
      const port = decodeOne({ address: tdiAddress(V4, activity) })?.address?.port ?? null;
      expect([V4.port, null]).toContain(port);
    },
  );

  test.each([
    ["listening", tcpContext({ isListening: true })],
    ["connected", tcpContext({ state: SHARED_STATE.connected })],
    ["idle", tcpContext()],
  ] as const)("that is %s says so", (state, context) => {
    expect(decodeOne({ context })).toMatchObject({ socket: { protocol: "tcp", state } });
  });

  test("of UDP says so, also where the protocol was left to the type", () => {
    for (const ipProtocol of [IP_PROTOCOL.udp, 0]) {
      const context = tcpContext({ socketType: SOCKET_TYPE.datagram, ipProtocol });
      expect(decodeOne({ context })).toMatchObject({ socket: { protocol: "udp" }, address: V4 });
    }
  });

  test("whose context is longer than its fixed part is read, whole or cut by Windows", () => {
    const context = tcpContext({ isListening: true, tail: socketAddress(V4) });
    expect(decodeOne({ context })).toMatchObject({ socket: { state: "listening" } });
    const cut = decodeOne({ context: context.slice(0, 0x78), contextStatus: 0x8000_0005 });
    expect(cut).toMatchObject({ socket: { state: "listening" } });
  });

  test("whose object Windows hides has none", () => {
    expect(decodeOne({ object: 0n })).toMatchObject({ object: null, address: V4 });
  });

  test("that was closed in between has no address, and is no helper where its context came", () => {
    const row = { address: new Uint8Array(0), addressStatus: STATUS.invalidParameter };
    expect(decodeOne(row)).toMatchObject({ address: null, socket: { protocol: "tcp" }, isHelper: false });
  });
});

describe("what holds no port", () => {
  test.each([
    ["AF_UNIX", AF.unix, unixAddress("C:\\run\\a.sock")],
    ["Hyper-V", AF.hyperV, hyperVAddress()],
    ["Bluetooth", AF.bluetooth, bluetoothAddress()],
  ])("%s has no port", (_, family, address) => {
    const context = tcpContext({ family, ipProtocol: 1 });
    const handle = decodeOne({ address, context });
    expect(handle?.address?.port ?? null).toBeNull();
    expect(handle).toMatchObject({ socket: { isInternet: false }, isHelper: false });
  });

  test("a helper refuses both questions", () => {
    const refused = { addressStatus: STATUS.invalidParameter, contextStatus: STATUS.invalidParameter } as const;
    const nothing = { address: new Uint8Array(0), context: new Uint8Array(0) };
    expect(decodeOne({ ...refused, ...nothing })).toMatchObject({ address: null, socket: null, isHelper: true });
  });

  test.each([
    ["not asked", STATUS.notAsked],
    ["timed out", STATUS.timeout],
  ])("a handle that was %s is no helper: nobody knows what it is", (_, status) => {
    const silent = { addressStatus: status, contextStatus: STATUS.notAsked } as const;
    const nothing = { address: new Uint8Array(0), context: new Uint8Array(0) };
    expect(decodeOne({ ...silent, ...nothing })).toMatchObject({ address: null, socket: null, isHelper: false });
  });
});

describe("Wine", () => {
  test.each([
    ["idle", 0],
    ["listening", 1],
    ["connected", 2],
  ] as const)("a socket that is %s is told by its kind", (state, activity) => {
    const row = {
      name: "",
      nameStatus: STATUS.notImplemented,
      context: new Uint8Array(0),
      contextStatus: STATUS.invalidDeviceRequest,
      kind: wineKind(AF.inet, SOCKET_TYPE.stream, IP_PROTOCOL.tcp, activity),
    };
    expect(decodeOne(row)).toMatchObject({ address: V4, socket: { protocol: "tcp", state }, isHelper: false });
  });

  test("an unbound socket is a socket", () => {
    const row = {
      addressStatus: STATUS.invalidParameter,
      address: new Uint8Array(0),
      context: new Uint8Array(0),
      contextStatus: STATUS.invalidDeviceRequest,
      kind: wineKind(AF.inet6, SOCKET_TYPE.datagram, IP_PROTOCOL.udp, 0),
    };
    expect(decodeOne(row)).toMatchObject({ address: null, socket: { protocol: "udp" }, isHelper: false });
  });
});

describe("rows that are broken", () => {
  const rows = [
    socketRow(),
    socketRow({ processId: 900, address: socketAddress(V6), name: "\\Device\\Afd\\Mio" }),
    socketRow({ processId: 904, context: new Uint8Array(0) }),
  ];
  const whole = afdHandles(rows);
  const starts = rows.map((_, index) => afdHandles(rows.slice(0, index + 1)).length);

  test("rows come in the order of the file", () => {
    expect(decodeAfdHandles(whole).handles.map(({ processId }) => processId)).toEqual([5868, 900, 904]);
  });

  test("a file cut at any length has its whole rows, and says so where a row is cut", () => {
    for (let length = 0; length < whole.length; length += 1) {
      const decoded = decodeAfdHandles(whole.slice(0, length));
      const there = starts.filter((end) => end <= length).length;
      expect(decoded.handles).toHaveLength(there);
      expect(decoded.rows).toBe(there);
      expect(decoded.problems).toHaveLength(length === 0 || starts.includes(length) ? 0 : 1);
    }
  });

  test.each([0, 1, 4, 55, 57, 0x7fff_fffc, 0xffff_ffff])("a length of %i ends the reading, said once", (length) => {
    const bytes = whole.slice();
    new DataView(bytes.buffer).setUint32(starts[0] ?? 0, length, true);
    const decoded = decodeAfdHandles(bytes);
    expect(decoded.rows).toBe(decoded.handles.length);
    expect(decoded.handles[0]).toMatchObject({ processId: 5868 });
    expect(decoded.problems.length).toBeGreaterThan(0);
  });

  test.each([48, 50, 52, 54])("parts longer than their row (length at %i) are not read from the next row", (offset) => {
    const bytes = whole.slice();
    new DataView(bytes.buffer).setUint16(offset, 0xfffc, true);
    const decoded = decodeAfdHandles(bytes);
    expect(decoded.problems).toHaveLength(1);
    const others = decodeAfdHandles(whole).handles.slice(1);
    expect(decoded.handles.filter((handle) => !others.some((other) => isDeepStrictEqual(other, handle)))).toEqual([]);
  });

  test("addresses and contexts of any length give a port of their own or none", () => {
    const address = concatenate([socketAddress(V6), new Uint8Array(20).fill(0xc3)]);
    for (let length = 0; length <= address.length; length += 1) {
      const context = tcpContext({ family: AF.inet6 }).slice(0, length);
      const port = decodeOne({ address: address.slice(0, length), context })?.address?.port ?? null;
      expect([V6.port, null]).toContain(port);
    }
  });
});
