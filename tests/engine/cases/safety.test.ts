// Whatever the machine: no remedy's command names the kernel, nobody, the dead or who got a dead one's PID, and none interrupts a
// process that holds too little to be to blame.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { anyCase } from "../../builders/cases/any-case.ts";
import { snapshot, trace } from "../../builders/cases/given.ts";
import { machinePlots } from "../../builders/capture/scenarios.ts";
import { storyPlots } from "../support/stories.ts";
import { answerTo } from "./answer.ts";
import { faultsOf } from "./safety.ts";

describe("no command does harm", () => {
  test.each(Object.entries(machinePlots))("on a machine: %s", (_, { tale }) => {
    const given = snapshot(tale());
    expect(faultsOf(answerTo(given).remedies, given)).toEqual([]);
  });

  test.each(Object.entries(storyPlots))("in a recording: %s", (_, { tale }) => {
    const given = trace(tale());
    expect(faultsOf(answerTo(given).remedies, given)).toEqual([]);
  });

  test("on any machine", () => {
    fc.assert(
      fc.property(anyCase(), (tell) => {
        const given = tell();
        expect(faultsOf(answerTo(given).remedies, given)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
