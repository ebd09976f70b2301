// The scenarios themselves: they build, always the same, and their expectations agree with what lies in the file
// as far as a bare count of records can tell.

import { describe, expect, test } from "@jest/globals";
import { headerKinds } from "../../builders/header-kinds.ts";
import { PROVIDER_GUID } from "../../builders/layout-table.ts";
import { scenarioNamed, scenarios } from "../../builders/scenarios.ts";
import { at, story, told } from "../../builders/story.ts";
import { walkTrace } from "../../builders/walk.ts";

const AFD_BINDS = [1029, 1030];
/** Vista's events tell a bind in one record. */
const VISTA_CREATE = 1;

const countOf = (file: Uint8Array, guid: string, id?: number): number =>
  walkTrace(file)
    .counts.filter((count) => count.guid === guid && (id === undefined || count.id === id))
    .reduce((sum, count) => sum + count.count, 0);

describe.each(Object.entries(scenarios))("%s", (_, { build, expected }) => {
  test("has the binds that it expects, each with enter and exit", () => {
    if (expected.binds === undefined) return;
    const file = build();
    const records = AFD_BINDS.reduce((sum, id) => sum + countOf(file, PROVIDER_GUID.afd, id), 0);
    if (countOf(file, PROVIDER_GUID.afd, VISTA_CREATE) > 0) return;
    expect(records).toBe(2 * expected.binds.attempted);
    expect(expected.binds.succeeded + expected.binds.failed).toBe(expected.binds.attempted);
  });

  test("expects what adds up", () => {
    const failures = (expected.victims ?? []).reduce((sum, victim) => sum + victim.failures, 0);
    if (expected.victims !== undefined) expect(failures).toBe(expected.failures);
    for (const each of expected.holders ?? []) expect(each.held).toBe(each.opened - each.closed);
    if (expected.exhausted === "no") expect(expected.failures).toBe(0);
  });
});

describe("a story", () => {
  test("is told the same way twice", () => {
    expect(scenarioNamed("healthy").build()).toEqual(scenarioNamed("healthy").build());
  });

  test("does not go back in time", () => {
    const tale = story();
    at(tale, "09:00:10");
    expect(() => at(tale, "09:00:05")).toThrow(RangeError);
  });

  test("can be told in another file", () => {
    const plain = scenarioNamed("healthy").build();
    const packed = scenarioNamed("healthy").build({ compression: "matches" });
    expect(packed.length).toBeLessThan(plain.length / 10);
    expect(walkTrace(packed).counts).toEqual(walkTrace(plain).counts);
  });

  test("of nothing is a header alone", () => {
    expect(walkTrace(told(story())).events).toBe(2);
  });
});

describe("arrangements", () => {
  test("wrapped: packets are overwritten, nothing of the leak is", () => {
    const wrapped = scenarioNamed("wrapped").build();
    const whole = scenarioNamed("wrapped").build({ arrangement: { kind: "flushed" } });
    expect(countOf(wrapped, PROVIDER_GUID.afd)).toBe(countOf(whole, PROVIDER_GUID.afd));
    expect(countOf(wrapped, PROVIDER_GUID.kernelProcess)).toBe(4);
    expect(countOf(wrapped, PROVIDER_GUID.ndis)).toBeLessThan(countOf(whole, PROVIDER_GUID.ndis));
    const view = new DataView(wrapped.buffer);
    const sequence = (buffer: number): bigint => view.getBigInt64(buffer * 0x2000 + 0x18, true);
    expect(sequence(1)).toBeGreaterThan(sequence(48));
  });

  test("appended: the second session counts its buffers anew", () => {
    const appended = scenarioNamed("appended").build();
    const view = new DataView(appended.buffer);
    const sequences = Array.from({ length: appended.length / 0x2000 }, (_, buffer) =>
      Number(view.getBigInt64(buffer * 0x2000 + 0x18, true)),
    );
    expect(sequences.filter((sequence) => sequence === 1)).toHaveLength(2);
  });

  test("header kinds keep to their small buffers", () => {
    expect(headerKinds().bufferSize).toBe(0x1000);
  });
});
