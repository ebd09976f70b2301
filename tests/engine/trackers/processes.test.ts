// Who is who, in small traces: names that come before or after, PIDs and addresses that come back, threads of others.

import { describe, expect, test } from "@jest/globals";
import { binds, closes } from "../../builders/story/calls.ts";
import { classicRundown, ends, process, rundown, starts } from "../../builders/story/processes.ts";
import { afd, ENTER, opens, silentSocket } from "../../builders/story/sockets.ts";
import { type Process, type Story, story, told, wait } from "../../builders/story.ts";
import { reportOf } from "../support/run.ts";

type Holder = readonly [processId: number | null, processName: string | null, opened: number, ownerInferred: boolean];
type Case = readonly [tells: string, turn: (tale: Story) => void, holders: readonly Holder[]];

const bindsOne = (tale: Story, own: Process): void => {
  binds(tale, opens(tale, own));
};

const LONG_NAME = "averylongservicename.exe";

const CASES: readonly Case[] = [
  [
    "a name that comes first",
    (tale) => {
      const own = process(tale, "own.exe", 4120);
      rundown(tale);
      bindsOne(tale, own);
    },
    [[4120, "own.exe", 1, false]],
  ],
  [
    "a name that comes last",
    (tale) => {
      bindsOne(tale, process(tale, "own.exe", 4120));
      rundown(tale);
    },
    [[4120, "own.exe", 1, false]],
  ],
  [
    "names from both providers are one process, though one of them cuts its name: the full one is shown",
    (tale) => {
      const own = process(tale, LONG_NAME, 4120);
      classicRundown({ ...tale, processes: [{ ...own, name: LONG_NAME.slice(0, 15) }] }, "rundownAtStart");
      bindsOne(tale, own);
      rundown(tale);
      bindsOne(tale, own);
    },
    [[4120, LONG_NAME, 2, false]],
  ],
  [
    "the kernel's own sockets belong to System",
    (tale) => bindsOne(tale, process(tale, "unused", 4)),
    [[4, "System", 1, false]],
  ],
  [
    "a process that only uses sockets from before is known by the thread that calls, and that is said",
    (tale) => {
      const own = process(tale, "own.exe", 4120);
      rundown(tale);
      binds(tale, silentSocket(tale, own));
    },
    [[4120, "own.exe", 1, true]],
  ],
  [
    "a create corrects what a thread made believe",
    (tale) => {
      const own = process(tale, "own.exe", 4120);
      const other = process(tale, "other.exe", 912);
      rundown(tale);
      const early = silentSocket(tale, own);
      afd(tale, { processId: 912, threadId: 916, processor: 0 }, early, 1029, ENTER);
      binds(tale, early);
      bindsOne(tale, own);
      bindsOne(tale, other);
    },
    [
      [4120, "own.exe", 2, false],
      [912, "other.exe", 1, false],
    ],
  ],
  [
    "a PID that is used again without any event of its processes is another process at another address",
    (tale) => {
      bindsOne(tale, process(tale, "first.exe", 4120));
      bindsOne(tale, process(tale, "second.exe", 4120));
    },
    [
      [4120, null, 1, false],
      [4120, null, 1, false],
    ],
  ],
  [
    "the same program started again under the same PID and address is two processes",
    (tale) => {
      const first = starts(tale, "own.exe", 4120);
      bindsOne(tale, first);
      ends(tale, first);
      bindsOne(tale, starts(tale, "own.exe", 4120, { eprocess: first.eprocess }));
    },
    [
      [4120, "own.exe", 1, false],
      [4120, "own.exe", 1, false],
    ],
  ],
  [
    "a socket that outlives its process still belongs to it",
    (tale) => {
      const own = starts(tale, "own.exe", 4120);
      const socket = opens(tale, own);
      binds(tale, socket);
      ends(tale, own);
      closes(tale, socket);
    },
    [[4120, "own.exe", 1, false]],
  ],
];

describe("a report knows", () => {
  test.each(CASES)("%s", (_, turn, holders) => {
    const tale = story({ seed: 17 });
    turn(tale);
    wait(tale, 1);
    const found = reportOf(told(tale)).holders;
    expect(
      found.map(({ processId, processName, opened, ownerInferred }) => [processId, processName, opened, ownerInferred]),
    ).toEqual(holders);
  });
});
