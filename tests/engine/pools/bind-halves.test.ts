// The bound rows behind connections tell no time: they belong to whom the connection does, be the PID another process's by now.

import { describe, expect, test } from "@jest/globals";
import { type Machine, machine, minutesLater } from "../../builders/capture/machine.ts";
import { inherits } from "../../builders/capture/machine/handles.ts";
import { exits, process } from "../../builders/capture/machine/processes.ts";
import { lacks } from "../../builders/capture/machine/settings.ts";
import { connects } from "../../builders/capture/machine/sockets.ts";
import { captureReport, portOwners, runMachine } from "../support/captures.ts";

/** A child inherited 14,000 connections, their PID is a notepad's now, and nobody looked into handles. */
const recycled = (): Machine => {
  const box = machine();
  const parent = process(box, "node.exe", 5868);
  connects(box, parent, 14_000);
  const child = process(box, "worker.exe", 7120, { parent });
  inherits(box, child, parent);
  exits(box, parent);
  minutesLater(box, 10);
  process(box, "notepad.exe", 5868);
  for (const name of ["handle-table", "afd-handles"]) lacks(box, name, "refused", "Not elevated.");
  return box;
};

describe("the bind halves of a recycled PID's connections", () => {
  const run = runMachine(recycled());

  test("are not the ports of the process that has the PID now", () => {
    const owners = portOwners(run).filter(({ processId }) => processId === 5868);
    expect(owners.map(({ creator, ports, bound }) => ({ creator, ports, bound }))).toEqual([
      { creator: "recycled", ports: 14_000, bound: 0 },
    ]);
  });

  test("accuse nobody", () => {
    const { verdict, findings } = captureReport(run);
    expect(verdict.culprit).toBeNull();
    expect(findings.filter(({ processId }) => processId !== null)).toEqual([]);
  });
});
