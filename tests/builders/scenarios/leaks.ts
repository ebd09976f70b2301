// Machines that run out of ports because somebody keeps them, and the kinds of keeping.

import { binds, connects } from "../story/calls.ts";
import { type ProcessOptions, process, rundown } from "../story/processes.ts";
import { opens, peerCloses } from "../story/sockets.ts";
import { at, type Process, type Story, type StoryOptions, story } from "../story.ts";
import { keepsConnections, takesPorts, triesToBind, triesToConnect, visits, WEB } from "./plot.ts";
import { type Expected, holder, type Plot } from "./scenario.ts";

export type LeakTurns = {
  /** Before anything else happens. */
  readonly before?: (tale: Story) => void;
  /** How the trace learns the names of the processes that run; Kernel-Process events if left out. */
  readonly names?: (tale: Story) => void;
  readonly service?: ProcessOptions;
};

/** One process binds `count` sockets and closes none; two others fail afterwards, 40 and 12 times. */
export const leakStory = (count: number, given: Partial<StoryOptions> = {}, turns: LeakTurns = {}): Story => {
  const tale = story({ dynamicRange: { start: 49152, ports: count }, ...given });
  turns.before?.(tale);
  const service = process(tale, "svc.exe", 4120, turns.service);
  const browser = process(tale, "browser.exe", 6016);
  const web = process(tale, "web.exe", 5200);
  const mail = process(tale, "mail.exe", 5388);
  (turns.names ?? rundown)(tale);
  at(tale, "09:00:10");
  visits(tale, browser, 20);
  at(tale, "09:05:00");
  takesPorts(tale, service, count);
  at(tale, "09:15:00");
  triesToBind(tale, web, 40);
  triesToBind(tale, mail, 12);
  return tale;
};

/** What leakStory comes to, for the scenarios that tell it in other files. */
export const leakExpected = (count: number): Expected => ({
  exhausted: "yes",
  pattern: "BoundLeak",
  culprit: 4120,
  culpritName: "svc.exe",
  binds: { attempted: count + 72, succeeded: count + 20, failed: 52 },
  failures: 52,
  victims: [
    { processId: 5200, failures: 40 },
    { processId: 5388, failures: 12 },
  ],
  holders: [holder(4120, count, { processName: "svc.exe" }), holder(6016, 20, { closed: 20, peak: 1 })],
});

type Keeper = { readonly seed: number; readonly name: string; readonly processId: number };

/** 200 ports are all there are; what the keeper does with them is the story's point. */
const buildUp = (keeper: Keeper, keep: (tale: Story, by: Process) => void): Story => {
  const tale = story({ seed: keeper.seed, dynamicRange: { start: 49152, ports: 200 } });
  const by = process(tale, keeper.name, keeper.processId);
  const web = process(tale, "web.exe", 5200);
  rundown(tale);
  keep(tale, by);
  at(tale, "09:10:00");
  triesToBind(tale, web, 10);
  return tale;
};

export const leaks = {
  leak: {
    tells: "One process opens 2,000 ports on 8 processors and closes none; two others then fail.",
    tale: () => leakStory(2000, { pace: 50 }),
    expected: leakExpected(2000),
  },
  "leak-small-mass": {
    tells: "300 ports are a small mass, but all there were.",
    tale: () => leakStory(300),
    expected: leakExpected(300),
  },
  "connection-build-up": {
    tells: "A process keeps 200 live connections.",
    tale: () =>
      buildUp({ seed: 3, name: "gateway.exe", processId: 4400 }, (tale, by) => {
        keepsConnections(tale, by, 200);
      }),
    expected: {
      exhausted: "yes",
      pattern: "ConnectionBuildUp",
      culprit: 4400,
      binds: { attempted: 210, succeeded: 200, failed: 10 },
      failures: 10,
      victims: [{ processId: 5200, failures: 10 }],
      holders: [holder(4400, 200)],
    },
  },
  "close-wait-leak": {
    tells: "The peers have closed 200 connections, the process has not.",
    tale: () =>
      buildUp({ seed: 4, name: "agent.exe", processId: 4500 }, (tale, by) => {
        for (const connection of keepsConnections(tale, by, 200)) peerCloses(tale, connection);
      }),
    expected: {
      exhausted: "yes",
      pattern: "CloseWaitLeak",
      culprit: 4500,
      failures: 10,
      victims: [{ processId: 5200, failures: 10 }],
      holders: [holder(4500, 200)],
    },
  },
  "udp-leak": {
    tells: "A process binds 1,000 UDP sockets and closes none; AFD and TCPIP (1394) both see the failures.",
    tale: () => {
      const tale = story({ seed: 5, witness: "both", dynamicRange: { start: 49152, ports: 1000 } });
      const resolver = process(tale, "resolver.exe", 2200);
      const game = process(tale, "game.exe", 7300);
      rundown(tale);
      takesPorts(tale, resolver, 1000, { protocol: "udp" });
      at(tale, "09:10:00");
      triesToBind(tale, game, 30, { protocol: "udp" });
      return tale;
    },
    expected: {
      exhausted: "yes",
      pattern: "UdpLeak",
      culprit: 2200,
      culpritName: "resolver.exe",
      binds: { attempted: 1030, succeeded: 1000, failed: 30 },
      failures: 30,
      victims: [{ processId: 7300, failures: 30 }],
      holders: [holder(2200, 1000)],
    },
  },
  "deferred-ports": {
    tells: "Sockets bind without a port and get it at connect, until connects fail for want of one.",
    tale: () => {
      const tale = story({ seed: 6, witness: "both", dynamicRange: { start: 49152, ports: 150 } });
      const proxy = process(tale, "proxy.exe", 3300);
      rundown(tale);
      for (let index = 0; index < 162; index += 1) {
        const socket = opens(tale, proxy);
        binds(tale, socket, { deferred: true });
        connects(tale, socket, WEB, { ex: true });
      }
      return tale;
    },
    expected: {
      exhausted: "yes",
      pattern: "ConnectionBuildUp",
      culprit: 3300,
      binds: { attempted: 162, succeeded: 162, failed: 0 },
      failures: 12,
      victims: [{ processId: 3300, failures: 12 }],
      holders: [holder(3300, 150, { deferred: 150 })],
    },
  },
  "connect-without-bind": {
    tells: "Plain connects take 140 ports without a bind, and the next 9 fail.",
    tale: () => {
      const tale = story({ seed: 7, dynamicRange: { start: 49152, ports: 140 } });
      const client = process(tale, "client.exe", 3400);
      rundown(tale);
      triesToConnect(tale, client, 149);
      return tale;
    },
    expected: {
      exhausted: "yes",
      pattern: "ConnectionBuildUp",
      culprit: 3400,
      binds: { attempted: 0, succeeded: 0, failed: 0 },
      failures: 9,
      victims: [{ processId: 3400, failures: 9 }],
      holders: [holder(3400, 140, { deferred: 140 })],
    },
  },
  shared: {
    tells: "Three processes hold a third each: exhaustion without a single culprit.",
    tale: () => {
      const tale = story({ seed: 8, dynamicRange: { start: 49152, ports: 450 } });
      const three = [4000, 4004, 4008].map((processId) => process(tale, `worker${processId}.exe`, processId));
      rundown(tale);
      for (let round = 0; round < 150; round += 1) for (const worker of three) takesPorts(tale, worker, 1);
      triesToBind(tale, process(tale, "web.exe", 5200), 5);
      return tale;
    },
    expected: {
      exhausted: "yes",
      culprit: null,
      failures: 5,
      victims: [{ processId: 5200, failures: 5 }],
      holders: [holder(4000, 150), holder(4004, 150), holder(4008, 150)],
    },
  },
  "filled-before": {
    tells: "The pool was full before the trace began; the victim itself holds three ports.",
    tale: () => {
      const tale = story({ seed: 9, dynamicRange: { start: 49152, ports: 3 } });
      const web = process(tale, "web.exe", 5200);
      rundown(tale);
      takesPorts(tale, web, 3);
      triesToBind(tale, web, 50);
      return tale;
    },
    expected: {
      exhausted: "yes",
      culprit: null,
      binds: { attempted: 53, succeeded: 3, failed: 50 },
      failures: 50,
      victims: [{ processId: 5200, failures: 50 }],
      holders: [holder(5200, 3)],
    },
  },
} as const satisfies Readonly<Record<string, Plot>>;
