// Who is who: PIDs, EPROCESS and endpoint addresses come back, sockets were there before the trace, records run
// in other processes' threads, names come early, late or in another form.

import { binds, closes } from "../story/calls.ts";
import { classicRundown, ends, endsClassic, process, rundown, starts, startsClassic } from "../story/processes.ts";
import { opens, silentSocket } from "../story/sockets.ts";
import { kernelObject, type Story, story } from "../story.ts";
import { leakExpected, leakStory } from "./leaks.ts";
import { takesPorts, triesToBind } from "./plot.ts";
import { type Expected, holder, type Plot } from "./scenario.ts";

const nobodyIsNamed = (): void => undefined;

type TwoLives = {
  readonly secondProcessId: number;
  readonly sameEprocess: boolean;
  readonly toldBy: "manifest" | "kernel logger";
};

const TELLERS = {
  manifest: { starts, ends },
  "kernel logger": { starts: startsClassic, ends: endsClassic },
} as const;

const twoLives = ({ secondProcessId, sameEprocess, toldBy }: TwoLives): Story => {
  const tale = story({ seed: 41, dynamicRange: { start: 49152, ports: 200 } });
  const web = process(tale, "web.exe", 5200);
  rundown(tale);
  const teller = TELLERS[toldBy];
  const first = teller.starts(tale, "alpha.exe", 6000);
  for (const socket of takesPorts(tale, first, 150)) closes(tale, socket);
  teller.ends(tale, first);
  const eprocess = sameEprocess ? first.eprocess : kernelObject(tale);
  takesPorts(tale, teller.starts(tale, "beta.exe", secondProcessId, { eprocess }), 200);
  triesToBind(tale, web, 8);
  return tale;
};

const twoLivesExpected = (secondProcessId: number): Expected => ({
  exhausted: "yes",
  pattern: "BoundLeak",
  culprit: secondProcessId,
  culpritName: "beta.exe",
  failures: 8,
  victims: [{ processId: 5200, failures: 8 }],
  holders: [
    holder(6000, 150, { processName: "alpha.exe", closed: 150, peak: 150 }),
    holder(secondProcessId, 200, { processName: "beta.exe" }),
  ],
});

/** Sockets older than the trace: 40 are closed in it, 30 are bound in it, and a process without any create. */
const olderThanTheTrace = (tale: Story): void => {
  const service = process(tale, "service.exe", 8000);
  const stray = process(tale, "stray.exe", 8100);
  rundown(tale);
  binds(tale, opens(tale, service));
  for (let index = 0; index < 40; index += 1) closes(tale, silentSocket(tale, service));
  for (let index = 0; index < 30; index += 1) binds(tale, silentSocket(tale, service));
  const strays = Array.from({ length: 20 }, () => silentSocket(tale, stray));
  for (const socket of strays) binds(tale, socket);
  for (const socket of strays.slice(0, 5)) closes(tale, socket);
};

/** The three ways in which the two records of a close are found in traces. */
const endings = (tale: Story): void => {
  const tidy = process(tale, "tidy.exe", 8200);
  rundown(tale);
  for (const records of [["close"], ["cleanup"], ["cleanup", "close"]] as const) {
    for (let index = 0; index < 10; index += 1) {
      for (const socket of takesPorts(tale, tidy, 1)) closes(tale, socket, { records });
    }
  }
};

export const identities = {
  "pid-reuse": {
    tells: "A PID is given to a second program; only that one leaks.",
    tale: () => twoLives({ secondProcessId: 6000, sameEprocess: false, toldBy: "manifest" }),
    expected: twoLivesExpected(6000),
  },
  "pid-reuse-classic": {
    tells: "The same, told by the kernel logger's Process events.",
    tale: () => twoLives({ secondProcessId: 6000, sameEprocess: false, toldBy: "kernel logger" }),
    expected: twoLivesExpected(6000),
  },
  "eprocess-reuse": {
    tells: "A process object's address is given to a second program with another PID.",
    tale: () => twoLives({ secondProcessId: 7100, sameEprocess: true, toldBy: "manifest" }),
    expected: twoLivesExpected(7100),
  },
  "endpoint-reuse": {
    tells: "200 sockets, one after the other, at one endpoint address.",
    tale: () => {
      const tale = story({ seed: 42 });
      const once = process(tale, "once.exe", 8300);
      rundown(tale);
      const endpoint = kernelObject(tale);
      for (let index = 0; index < 200; index += 1) {
        for (const socket of takesPorts(tale, once, 1, { endpoint })) closes(tale, socket);
      }
      return tale;
    },
    expected: {
      exhausted: "no",
      pattern: "None",
      culprit: null,
      binds: { attempted: 200, succeeded: 200, failed: 0 },
      failures: 0,
      holders: [holder(8300, 200, { closed: 200, peak: 1 })],
    },
  },
  "sockets-without-create": {
    tells: "Sockets from before the trace are closed or bound in it; one process never creates any.",
    tale: () => {
      const tale = story({ seed: 43 });
      olderThanTheTrace(tale);
      return tale;
    },
    expected: {
      exhausted: "no",
      culprit: null,
      binds: { attempted: 51, succeeded: 51, failed: 0 },
      failures: 0,
      holders: [holder(8000, 31, { closedFromBeforeTrace: 40 }), holder(8100, 20, { closed: 5, peak: 20 })],
    },
  },
  "close-or-cleanup": {
    tells: "Closes of which the trace holds only one record, or both in the other order.",
    tale: () => {
      const tale = story({ seed: 44 });
      endings(tale);
      return tale;
    },
    expected: {
      exhausted: "no",
      culprit: null,
      binds: { attempted: 30, succeeded: 30, failed: 0 },
      failures: 0,
      holders: [holder(8200, 30, { closed: 30, peak: 1 })],
    },
  },
  strangers: {
    tells: "Every call ends in a thread of another process.",
    tale: () => leakStory(300, { seed: 45, completions: "stranger" }),
    expected: leakExpected(300),
  },
  "names-at-end": {
    tells: "The kernel logger names the processes when the trace stops.",
    tale: () => {
      const tale = leakStory(300, { seed: 46 }, { names: nobodyIsNamed });
      classicRundown(tale, "rundownAtEnd");
      return tale;
    },
    expected: leakExpected(300),
  },
  "names-at-start": {
    tells: "The kernel logger of Windows 8 names the processes when the trace begins.",
    tale: () => leakStory(300, { seed: 47 }, { names: (tale) => classicRundown(tale, "rundownAtStart", 3) }),
    expected: leakExpected(300),
  },
} as const satisfies Readonly<Record<string, Plot>>;
