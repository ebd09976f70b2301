// What a row of each state costs: one port of its class, or none; and which class a port has when several rows name it.

import { describe, expect, test } from "@jest/globals";
import { machine } from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { boundTable, TCP_STATE, type TcpRow, type TcpState, tcpTable } from "../../builders/capture/tcp-table.ts";
import { poolOf, portOwners, runOf } from "../support/captures.ts";

const rowOf = (state: TcpState, given: Partial<TcpRow> = {}): TcpRow => ({
  local: { address: "192.168.7.20", port: 50_000 },
  remote: { address: "10.0.0.80", port: 443 },
  state: TCP_STATE[state],
  processId: state === "timeWait" ? 0 : 5868,
  created: 0n,
  ...given,
});

/** A machine with these rows in its IPv4 tables and nothing else. */
const runWith = (rows: readonly TcpRow[], bound: readonly TcpRow[] = []) => {
  const box = machine();
  process(box, "any.exe", 5868);
  const { json, entries } = captureOf(box);
  return runOf({
    json,
    entries: new Map(entries)
      .set("tcp-ipv4.bin", tcpTable(rows, "ipv4", 8))
      .set("bound-tcp-ipv4.bin", boundTable(bound, "ipv4")),
  });
};

const usedClasses = (run: ReturnType<typeof runWith>) =>
  Object.fromEntries(Object.entries(poolOf(run, "tcp").byClass).filter(([, count]) => count > 0));

describe("a row", () => {
  test.each<readonly [TcpState, string | null]>([
    ["closed", null],
    ["deleteTcb", null],
    ["listening", "listening"],
    ["synSent", "connected"],
    ["synReceived", "connected"],
    ["established", "connected"],
    ["finWait1", "closing"],
    ["finWait2", "closing"],
    ["closeWait", "closeWait"],
    ["closing", "closing"],
    ["lastAck", "closing"],
    ["timeWait", "timeWait"],
    ["bound", "bound"],
  ])("in %s is a port of class %s", (state, portClass) => {
    expect(usedClasses(runWith([rowOf(state)]))).toEqual(portClass === null ? {} : { [portClass]: 1 });
  });

  test.each([0, 1, 443, 49_151])("at port %i outside the range is none", (port) => {
    const run = runWith([rowOf("established", { local: { address: "192.168.7.20", port } })]);
    expect(poolOf(run, "tcp").used).toBe(0);
  });

  test.each([49_152, 65_535])("at port %i, an end of the range, is one", (port) => {
    const run = runWith([rowOf("established", { local: { address: "192.168.7.20", port } })]);
    expect(poolOf(run, "tcp").used).toBe(1);
  });
});

/** From the first that fits to the last. */
const ORDER: readonly TcpState[] = ["listening", "established", "closeWait", "finWait2", "bound", "timeWait"];
const CLASSES: readonly string[] = ["listening", "connected", "closeWait", "closing", "bound", "timeWait"];

describe("a port with several rows", () => {
  const pairs = ORDER.flatMap((first, index) =>
    ORDER.slice(index + 1).map((second) => [first, second, CLASSES[index] ?? ""] as const),
  );

  test.each(pairs)("in %s and %s is of class %s, once", (first, second, portClass) => {
    const rows = [rowOf(second), rowOf(first, { remote: { address: "10.0.0.81", port: 443 } })];
    expect(usedClasses(runWith(rows))).toEqual({ [portClass]: 1 });
    expect(usedClasses(runWith(rows.toReversed()))).toEqual({ [portClass]: 1 });
  });

  test("that is reused for many peers is one port", () => {
    const rows = Array.from({ length: 200 }, (_, index) =>
      rowOf("established", { remote: { address: `10.0.1.${index}`, port: 443 } }),
    );
    const run = runWith(rows);
    expect(usedClasses(run)).toEqual({ connected: 1 });
    expect(portOwners(run)).toMatchObject([{ processId: 5868, ports: 1, connected: 1 }]);
  });

  test("that two processes opened counts for each of them, and once in the pool", () => {
    const bound = [5868, 6016].map((processId, index) =>
      rowOf("bound", { processId, local: { address: `192.168.7.2${index}`, port: 50_000 } }),
    );
    const run = runWith([], bound);
    expect(usedClasses(run)).toEqual({ bound: 1 });
    expect(portOwners(run).map(({ processId, ports, share }) => [processId, ports, share])).toEqual([
      [5868, 1, 1],
      [6016, 1, 1],
    ]);
  });
});

describe("a listener", () => {
  const listener = (address: string): TcpRow =>
    rowOf("listening", { local: { address, port: 50_000 }, remote: { address: "0.0.0.0", port: 0 } });

  test("on one address takes in what comes to that address, and the port is its own", () => {
    const run = runWith([listener("192.168.7.20"), rowOf("established", { processId: 6016 })]);
    expect(usedClasses(run)).toEqual({ listening: 1 });
    expect(portOwners(run)).toMatchObject([{ processId: 5868, ports: 1, listening: 1 }]);
  });

  test("on another address does not own a connection that goes out from the same port", () => {
    const run = runWith([listener("127.0.0.1"), rowOf("established", { processId: 6016 })]);
    expect(usedClasses(run)).toEqual({ listening: 1 });
    expect(portOwners(run).map(({ processId }) => processId)).toEqual([5868, 6016]);
  });
});
