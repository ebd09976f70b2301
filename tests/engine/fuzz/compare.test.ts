// Captures and histories that are damaged by chance: a comparison, or an error that names its reason, and never a defect.

import { expect, test } from "@jest/globals";
import { filesOf, zipOf } from "../../builders/capture/capture-files.ts";
import { machine, minutesLater } from "../../builders/capture/machine.ts";
import { process } from "../../builders/capture/machine/processes.ts";
import { binds, connects } from "../../builders/capture/machine/sockets.ts";
import { seriesOf } from "../../builders/capture/series.ts";
import { historyOf, watched } from "../../builders/history.ts";
import { below, type Random, seededRandom } from "../../builders/random.ts";
import { writeZip } from "../../builders/capture/zip-writer.ts";
import { compareFiles, runHistories } from "../support/compare.ts";
import { MUTATIONS } from "../support/mutations.ts";

const ROUNDS = 60;
/** Far more than it takes: only a loop without end gets here. */
const TIMEOUT_MS = 120_000;

const KINDS = Object.values(MUTATIONS);

const mutated = (bytes: Uint8Array, random: Random): Uint8Array =>
  KINDS[below(random, KINDS.length)]?.(bytes, random) ?? bytes;

const box = machine();
const app = process(box, "node.exe", 5868);
connects(box, app, 30);
minutesLater(box, 5);
const CAPTURES = seriesOf(box, 5, [(each) => binds(each, app, 40), (each) => binds(each, app, 40)]);

test(
  "damage in the files of captures never is a defect",
  () => {
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const random = seededRandom(seed);
      const zips = CAPTURES.map((capture, index) => {
        const files = [...filesOf(capture)];
        const victim = below(random, files.length);
        const isHit = below(random, 3) > 0;
        const entries = files.map(([name, content], at) => ({
          name,
          content: isHit && at === victim && content.length > 0 ? mutated(content, random) : content,
        }));
        return [`${index}.zip`, writeZip(entries)] as const;
      });
      const { exitCode } = compareFiles(new Map(zips));
      expect([0, 1]).toContain(exitCode);
    }
  },
  TIMEOUT_MS,
);

test(
  "damage in a zip never is a defect",
  () => {
    const zips = CAPTURES.map(zipOf);
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const random = seededRandom(seed);
      const hit = below(random, zips.length);
      const files = zips.map((zip, index) => [`${index}.zip`, index === hit ? mutated(zip, random) : zip] as const);
      expect([0, 1]).toContain(compareFiles(new Map(files)).exitCode);
    }
  },
  TIMEOUT_MS,
);

test(
  "damage in a history never is a defect",
  () => {
    const whole = historyOf(watched(Array.from({ length: 40 }, (_, index) => 500 + index * 7)));
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const { exitCode } = runHistories(new Map([["history.csv", mutated(whole, seededRandom(seed))]]));
      expect([0, 1]).toContain(exitCode);
    }
  },
  TIMEOUT_MS,
);
