// Mutated captures and texts: whatever was done to them, the command ends in records that keep the contract, and the sums of
// a report agree. (The runner refuses output that does not keep it, and any error that is the engine's own defect.)

import { describe, expect, test } from "@jest/globals";
import { type Capture, jsonBytes, zipOf } from "../../builders/capture/capture-files.ts";
import { writeZip } from "../../builders/capture/zip-writer.ts";
import type { Machine } from "../../builders/capture/machine.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { dynamicPortLines, excludedPortLines, netstatLines } from "../../builders/capture/machine/evidence.ts";
import { helpers } from "../../builders/capture/machine/handles.ts";
import { opensPortless } from "../../builders/capture/machine/portless.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { excludes, logged } from "../../builders/capture/machine/settings.ts";
import { binds, connects, peerCloses, visits } from "../../builders/capture/machine/sockets.ts";
import { oemBytes } from "../../builders/capture/oem-text.ts";
import { inOffice } from "../../builders/capture/scenarios/plot.ts";
import { below, type Random, seededRandom } from "../../builders/random.ts";
import { MUTATIONS } from "../support/mutations.ts";
import { captureReport, runLoose } from "../support/captures.ts";
import { recordsOf, type Run } from "../support/run.ts";

/** Far more than it takes: only a loop without end gets here. */
const TIMEOUT_MS = 120_000;
const SEEDS = 6;

const busy = (language: "en" | "de" = "en"): Machine => {
  const box = inOffice({ language });
  const by = process(box, "busy.exe", 5868);
  binds(box, by, 20);
  binds(box, by, 20, { family: "ipv6", protocol: "udp" });
  peerCloses(connects(box, by, 20, { family: "ipv6" }));
  visits(box, by, 20);
  helpers(box, by, 5);
  opensPortless(box, by, 3, "hyper-v");
  excludes(box, "tcp", 50_000, 50_099, true);
  logged(box, 4227, 1);
  return box;
};

const CAPTURE: Capture = captureOf(busy());
const ZIP = zipOf(CAPTURE);

const expectEnded = (run: Run): void => {
  const isRefused = recordsOf(run.records, "error").length === 1;
  expect(run.exitCode).toBe(isRefused ? 1 : 0);
  if (isRefused) return;
  for (const { used, free, capacity, excluded, ports, byClass } of captureReport(run).pools) {
    expect([used + free, capacity + excluded, byClass.excluded]).toEqual([capacity, ports, excluded]);
    expect(used).toBeLessThanOrEqual(capacity);
  }
};

const tell = (seed: number, action: () => void): void => {
  try {
    action();
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const times = (count: number, turn: (random: Random) => void): void => {
  for (let seed = 1; seed <= count; seed += 1) tell(seed, () => turn(seededRandom(seed * 7919)));
};

const withEntry = (name: string, bytes: Uint8Array): Uint8Array =>
  zipOf({ json: CAPTURE.json, entries: new Map(CAPTURE.entries).set(name, bytes) });

const runZipped = (bytes: Uint8Array): Run => runLoose(new Map([["given.zip", bytes]]));

describe.each(Object.entries(MUTATIONS))("%s", (_, mutate) => {
  test("in a zip", () => times(SEEDS * 3, (random) => expectEnded(runZipped(mutate(ZIP, random)))), TIMEOUT_MS);

  test.each([...CAPTURE.entries.keys()])(
    "in %s",
    (name) => {
      const whole = CAPTURE.entries.get(name) ?? new Uint8Array(0);
      times(SEEDS, (random) => expectEnded(runZipped(withEntry(name, mutate(whole, random)))));
    },
    TIMEOUT_MS,
  );

  test(
    "in capture.json, as bytes",
    () =>
      times(SEEDS * 3, (random) => {
        const content = mutate(jsonBytes(CAPTURE.json), random);
        const others = [...CAPTURE.entries].map(([name, bytes]) => ({ name, content: bytes }));
        expectEnded(runZipped(writeZip([{ name: "capture.json", content }, ...others])));
      }),
    TIMEOUT_MS,
  );

  test.each([
    ["netstat", netstatLines(busy("de"), { q: true })],
    ["a dynamic range", dynamicPortLines(busy("de"), "tcp")],
    ["exclusions", excludedPortLines(busy("de"), "tcp")],
  ])(
    "in the text of %s",
    (_name, lines) => {
      const whole = oemBytes(lines);
      times(SEEDS, (random) => expectEnded(runLoose(new Map([["text.txt", mutate(whole, random)]]))));
    },
    TIMEOUT_MS,
  );
});

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const VALUES: readonly Json[] = [
  null,
  -1,
  0,
  1,
  0.5,
  65_535,
  65_536,
  4_294_967_296,
  9_007_199_254_740_991,
  "",
  "0001-01-01T00:00:00.0000000Z",
  "9999-99-99T99:99:99.9999999Z",
  "\ud800",
  "x".repeat(5000),
  [],
  {},
  true,
];

/** The same value with one place in it changed; the places are counted as they are met. */
const changed = (value: Json, random: Random): Json => {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const key = keys[below(random, keys.length)];
  if (key === undefined || random() < 0.1) return VALUES[below(random, VALUES.length)] ?? null;
  if (Array.isArray(value))
    return value.map((each: Json, index) => (index === Number(key) ? changed(each, random) : each));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]) => [name, name === key ? changed(each, random) : each]),
  );
};

test(
  "values of capture.json that are of another kind, or beyond what they should be",
  () =>
    times(300, (random) => {
      const json = changed(JSON.parse(JSON.stringify(CAPTURE.json)), random);
      const others = [...CAPTURE.entries].map(([name, content]) => ({ name, content }));
      expectEnded(runZipped(writeZip([{ name: "capture.json", content: jsonBytes(json) }, ...others])));
    }),
  TIMEOUT_MS,
);
