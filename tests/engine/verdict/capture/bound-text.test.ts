// "neither connected nor listening" is only said where the tables of connections were read: a bound row may be half of one.

import { expect, test } from "@jest/globals";
import { machine } from "../../../builders/capture/machine.ts";
import { process } from "../../../builders/capture/machine/processes.ts";
import { binds } from "../../../builders/capture/machine/sockets.ts";
import { captureReport, runMachine } from "../../support/captures.ts";

const leaking = (without: readonly string[] = []) => {
  const box = machine();
  binds(box, process(box, "node.exe", 5868), 14_000);
  for (const name of without) box.absences.set(name, { status: "failed", reason: "it was not there" });
  const { verdict, findings } = captureReport(runMachine(box));
  return `${verdict.summary} ${findings.find(({ id }) => id === "bound-leak")?.summary}`;
};

const KNOWN = "neither connected nor listening";

test("with the tables of connections, bound sockets are said to be neither connected nor listening", () => {
  expect(leaking().split(KNOWN)).toHaveLength(3);
});

test.each([[["tcp-ipv4", "tcp-ipv6"]], [["tcp-ipv4"]]])("without %j it is said that this is not known", (without) => {
  const said = leaking(without);
  expect(said).not.toContain(KNOWN);
  expect(said.split("which of them are connected was not read")).toHaveLength(3);
});
