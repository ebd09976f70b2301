// The order of remedies, and what becomes of the same remedy for two findings. Rules and answers are of the test's own.

import { describe, expect, test } from "@jest/globals";
import type { Finding } from "../../../engine/generated/records.ts";
import type { RemedyCase } from "../../../engine/remedies/case.ts";
import { remediesFor } from "../../../engine/remedies/remedies-for.ts";
import type { RemedyRule } from "../../../engine/remedies/remedy-rule.ts";

const finding = (id: string, processId: number | null = null): Finding => ({
  id,
  title: id,
  severity: "Warning",
  protocol: "tcp",
  summary: `${id} of ${processId}`,
  evidence: [],
  why: "",
  advice: "",
  processId,
  processName: null,
  services: [],
  page: `docs/findings/${id}.md`,
});

const rule = (id: string, command: (finding: Finding) => string | null): RemedyRule => ({
  id,
  title: id,
  phase: "Now",
  risk: "Low",
  reboot: false,
  reversible: false,
  willNotFix: [],
  sources: [],
  tell: (each) => {
    const line = command(each);
    return line === null
      ? null
      : { reason: each.summary, commands: [line], advice: [], consequence: "", undo: [], checkFirst: [] };
  },
});

const RULES = [
  rule("collect-evidence", () => "collect"),
  rule("restart", ({ processId }) => (processId === null ? null : `restart ${processId}`)),
  rule("widen", () => "widen"),
];

const ANSWERS = {
  leak: ["collect-evidence", "restart", "widen"],
  full: ["widen"],
  other: ["restart"],
};

const culprit = (processId: number): NonNullable<RemedyCase["culprit"]> => ({
  processId,
  processName: null,
  services: [],
  ports: 1,
  share: 1,
  reason: "",
});

const told = (findings: readonly Finding[], given: Partial<RemedyCase> = {}) =>
  remediesFor(
    { findings, capture: null, trace: null, change: null, leading: null, culprit: null, ...given },
    ANSWERS,
    RULES,
  );

const commands = (...given: Parameters<typeof told>): readonly string[] =>
  told(...given).flatMap((each) => each.commands);

describe("remedies", () => {
  test("stand in the order of the findings, within one in that of its answers, and evidence last", () => {
    expect(commands([finding("full"), finding("leak", 7)])).toEqual(["widen", "restart 7", "collect"]);
  });

  test("of the finding that the verdict is about come first, of its culprit before others", () => {
    const findings = [finding("full"), finding("leak", 8), finding("leak", 7)];
    expect(commands(findings, { leading: "leak", culprit: culprit(7) })).toEqual([
      "restart 7",
      "widen",
      "restart 8",
      "collect",
    ]);
  });

  test("of another finding about the culprit go before those about others", () => {
    const findings = [finding("full"), finding("other", 7)];
    expect(commands(findings, { culprit: culprit(7) })).toEqual(["restart 7", "widen"]);
  });

  test("that are the same for two findings are told once, with both", () => {
    const [restart, widen] = told([finding("leak", 7), finding("full")]);
    expect(restart?.findings).toEqual(["leak"]);
    expect(widen).toMatchObject({ id: "widen", findings: ["leak", "full"], reason: "leak of 7" });
  });

  test("that do not fit are left out, and the rest is numbered without a gap", () => {
    expect(told([finding("leak")]).map(({ order, id }) => [order, id])).toEqual([
      [1, "widen"],
      [2, "collect-evidence"],
    ]);
  });

  test("are none without findings, and for a finding that nothing answers", () => {
    expect(told([])).toEqual([]);
    expect(told([finding("unheard-of")])).toEqual([]);
  });
});
