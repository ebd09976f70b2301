// Reserved blocks and the process that asked, who may be known by its PID alone at that moment.

import { describe, expect, test } from "@jest/globals";
import { binds } from "../../builders/story/calls.ts";
import { classicRundown, process } from "../../builders/story/processes.ts";
import { silentSocket } from "../../builders/story/sockets.ts";
import { STATUS } from "../../builders/story/statuses.ts";
import { reserves } from "../../builders/story/tcpip.ts";
import { story, told } from "../../builders/story.ts";
import { reportOf } from "../support/run.ts";

const BLOCK = { start: 50_000, ports: 64, status: STATUS.success } as const;

describe("a reserved block", () => {
  test("belongs to the process that a later event turns out to be the same, by its name", () => {
    const tale = story({ seed: 12, witness: "both" });
    const service = process(tale, "service.exe", 2600);
    reserves(tale, service, "endpoint", BLOCK);
    // A socket from before the trace: the first that ties the process's address to its PID is the calling thread.
    binds(tale, silentSocket(tale, service));
    classicRundown(tale, "rundownAtEnd");
    expect(reportOf(told(tale)).reservations).toEqual([
      expect.objectContaining({
        processId: 2600,
        processName: "service.exe",
        startPort: 50_000,
        ports: 64,
        protocol: "tcp",
      }),
    ]);
  });

  test.each(["big", "little"] as const)(
    "begins where it does, whatever the byte order of the ledger: %s-endian",
    (portOrder) => {
      const tale = story({ seed: 13, witness: "both", portOrder });
      const service = process(tale, "service.exe", 2600);
      for (let index = 0; index < 5; index += 1) binds(tale, silentSocket(tale, service));
      reserves(tale, service, "global", { ...BLOCK, start: 60_000, ports: 5000 });
      expect(reportOf(told(tale)).reservations).toEqual([expect.objectContaining({ startPort: 60_000, ports: 5000 })]);
    },
  );

  test("beyond the thousandth is counted and not listed", () => {
    const tale = story({ seed: 14, witness: "both" });
    const service = process(tale, "service.exe", 2600);
    for (let index = 0; index < 1010; index += 1)
      reserves(tale, service, "endpoint", { ...BLOCK, start: 49_152 + index });
    const { reservations, omitted } = reportOf(told(tale));
    expect(reservations.length + omitted.reservations).toBe(1010);
  });
});
