// Failing calls and what they mean: exhaustion seen by one provider or by two, conflicts that are no
// exhaustion, churn, one destination that is used up, reserved blocks.

import { binds, closes } from "../story/calls.ts";
import { process, rundown } from "../story/processes.ts";
import { accepts, listens, opens, talks } from "../story/sockets.ts";
import { STATUS } from "../story/statuses.ts";
import { connectionRundown, reserves, TCP_STATE } from "../story/tcpip.ts";
import { at, type Story, type StoryOptions, story } from "../story.ts";
import { keepsConnections, takesPorts, triesToBind, triesToConnect, visits } from "./plot.ts";
import { type Expected, holder, type Plot } from "./scenario.ts";

/** 200 ports leak; then 10 binds and 15 connects fail. */
const witnessed = (given: Partial<StoryOptions>): Story => {
  const tale = story({ seed: 21, dynamicRange: { start: 49152, ports: 200 }, ...given });
  const service = process(tale, "svc.exe", 4120);
  const web = process(tale, "web.exe", 5200);
  rundown(tale);
  takesPorts(tale, service, 200);
  at(tale, "09:10:00");
  triesToBind(tale, web, 10);
  triesToConnect(tale, web, 15);
  return tale;
};

const healthyDay = (tale: Story): void => {
  const browser = process(tale, "browser.exe", 6016);
  const server = process(tale, "server.exe", 1800);
  const developer = process(tale, "app.exe", 9100);
  rundown(tale);
  visits(tale, browser, 55);
  for (const connection of keepsConnections(tale, browser, 5)) talks(tale, connection);
  const listener = opens(tale, server);
  binds(tale, listener, { port: 8080 });
  listens(tale, listener);
  for (let guest = 1; guest <= 25; guest += 1) {
    const accepted = accepts(tale, listener, { address: `10.0.2.${guest}`, port: 50_000 + guest });
    talks(tale, accepted);
    if (guest <= 10) closes(tale, accepted);
  }
  triesToBind(tale, developer, 7, { port: 8080, status: STATUS.addressAlreadyExists });
  triesToBind(tale, developer, 3, { port: 50_060, status: STATUS.accessDenied });
  triesToBind(tale, developer, 2, { port: 8080, status: STATUS.sharingViolation });
};

const churn = (given: Partial<StoryOptions>, connections: number): Story => {
  const tale = story({ seed: 22, dynamicRange: { start: 49152, ports: connections }, ...given });
  const poller = process(tale, "poller.exe", 3100);
  const web = process(tale, "web.exe", 5200);
  rundown(tale);
  visits(tale, poller, connections);
  triesToBind(tale, poller, 60);
  triesToBind(tale, web, 20);
  return tale;
};

const churnExpected = (connections: number): Expected => ({
  exhausted: "yes",
  pattern: "TimeWaitChurn",
  culprit: 3100,
  culpritName: "poller.exe",
  binds: { attempted: connections + 80, succeeded: connections, failed: 80 },
  failures: 80,
  victims: [
    { processId: 3100, failures: 60 },
    { processId: 5200, failures: 20 },
  ],
  holders: [holder(3100, connections, { closed: connections, peak: 1 })],
});

const reservations = (given: Partial<StoryOptions>): Story => {
  const tale = story({ seed: 23, witness: "both", ...given });
  const wsl = process(tale, "wslservice.exe", 2600);
  const sync = process(tale, "sync.exe", 2604);
  const browser = process(tale, "browser.exe", 6016);
  rundown(tale);
  visits(tale, browser, 12);
  reserves(tale, wsl, "global", { start: 50_000, ports: 4096, status: STATUS.success });
  reserves(tale, sync, "endpoint", { start: 60_000, ports: 64, status: STATUS.success });
  reserves(tale, sync, "failed", { start: 61_000, ports: 128, status: STATUS.addressAlreadyExists });
  return tale;
};

const reservationsExpected: Expected = {
  exhausted: "no",
  failures: 0,
  reservations: [
    { processId: 2600, status: "0x00000000", startPort: 50_000, ports: 4096 },
    { processId: 2604, status: "0x00000000", startPort: 60_000, ports: 64 },
    { processId: 2604, status: "0xC000020A", startPort: 61_000, ports: 128 },
  ],
};

const bothExpected: Expected = {
  exhausted: "yes",
  pattern: "BoundLeak",
  culprit: 4120,
  binds: { attempted: 210, succeeded: 200, failed: 10 },
  failures: 25,
  victims: [{ processId: 5200, failures: 25 }],
  holders: [holder(4120, 200)],
};

export const failures = {
  healthy: {
    tells: "An ordinary day: 60 connections, a listener with 25 guests, 12 binds to ports that are not to be had.",
    tale: () => {
      const tale = story({ seed: 24 });
      healthyDay(tale);
      return tale;
    },
    expected: {
      exhausted: "no",
      pattern: "None",
      culprit: null,
      binds: { attempted: 73, succeeded: 61, failed: 12 },
      failures: 0,
      victims: [],
      holders: [holder(6016, 60, { closed: 55, peak: 5 }), holder(1800, 1)],
    },
  },
  churn: {
    tells: "6,000 connections opened and closed in half a minute: TIME_WAIT keeps the ports, nobody holds them.",
    tale: () => churn({}, 6000),
    expected: churnExpected(6000),
  },
  "churn-witnessed": {
    tells: "1,500 connections opened and closed, seen by AFD and TCPIP.",
    tale: () => churn({ witness: "both" }, 1500),
    expected: churnExpected(1500),
  },
  "udp-failure": {
    tells: "UDP binds fail in a pool that was full before the trace began.",
    tale: () => {
      const tale = story({ seed: 25, witness: "both", dynamicRange: { start: 49152, ports: 0 } });
      const game = process(tale, "game.exe", 7300);
      rundown(tale);
      triesToBind(tale, game, 25, { protocol: "udp" });
      return tale;
    },
    expected: {
      exhausted: "yes",
      culprit: null,
      binds: { attempted: 25, succeeded: 0, failed: 25 },
      failures: 25,
      victims: [{ processId: 7300, failures: 25 }],
    },
  },
  "both-witnesses": {
    tells: "AFD and TCPIP (1006, 1050) tell of the same 25 failures.",
    tale: () => witnessed({ witness: "both" }),
    expected: bothExpected,
  },
  "both-witnesses-win11": {
    tells: "The same on Windows 11, whose 1006 begins with the endpoint.",
    tale: () => witnessed({ witness: "both", era: "W11-24H2" }),
    expected: bothExpected,
  },
  "port-order-little": {
    tells: "The same, should TCPIP's ledger write its ports little-endian.",
    tale: () => witnessed({ witness: "both", portOrder: "little" }),
    expected: bothExpected,
  },
  "tcpip-only": {
    tells: "The session had TCPIP alone: failures are its 1006 and 1050.",
    tale: () => witnessed({ witness: "tcpip" }),
    expected: { exhausted: "yes", failures: 25 },
  },
  "tcpip-only-win11": {
    tells: "TCPIP alone, on Windows 11.",
    tale: () => witnessed({ witness: "tcpip", era: "W11-24H2" }),
    expected: { exhausted: "yes", failures: 25 },
  },
  "bind-failed-without-address": {
    tells: "Failed binds end in AfdBind (1029): only the request says that no port was asked for.",
    tale: () => {
      const tale = story({ seed: 29, dynamicRange: { start: 49152, ports: 200 } });
      const service = process(tale, "svc.exe", 4120);
      const web = process(tale, "web.exe", 5200);
      rundown(tale);
      takesPorts(tale, service, 200);
      triesToBind(tale, web, 25, { plainExit: true });
      triesToBind(tale, web, 5, { plainExit: true, port: 8080, status: STATUS.tooManyAddresses });
      return tale;
    },
    expected: {
      exhausted: "yes",
      pattern: "BoundLeak",
      culprit: 4120,
      binds: { attempted: 230, succeeded: 200, failed: 30 },
      failures: 25,
      victims: [{ processId: 5200, failures: 25 }],
      holders: [holder(4120, 200)],
    },
  },
  "explicit-port-exhaustion-code": {
    tells: "0xC0000209 for ports asked for by number is no want of dynamic ports.",
    tale: () => {
      const tale = story({ seed: 26 });
      const fixed = process(tale, "fixed.exe", 9200);
      rundown(tale);
      takesPorts(tale, fixed, 4);
      triesToBind(tale, fixed, 6, { port: 50_123, status: STATUS.tooManyAddresses });
      return tale;
    },
    expected: {
      exhausted: "no",
      culprit: null,
      binds: { attempted: 10, succeeded: 4, failed: 6 },
      failures: 0,
      victims: [],
      holders: [holder(9200, 4)],
    },
  },
  "destination-saturation": {
    tells: "500 connects to one web server find every pair of endpoints taken.",
    tale: () => {
      const tale = story({ seed: 27, witness: "both" });
      const crawler = process(tale, "crawler.exe", 9300);
      rundown(tale);
      visits(tale, crawler, 20);
      triesToConnect(tale, crawler, 500, STATUS.addressAlreadyExists);
      return tale;
    },
    expected: {
      exhausted: "no",
      pattern: "DestinationSaturation",
      binds: { attempted: 20, succeeded: 20, failed: 0 },
      failures: 0,
      destination: { remote: "10.0.0.80:443", failures: 500 },
    },
  },
  reservations: {
    tells: "Blocks of ports reserved by 1052 and 1054, one refused by 1053.",
    tale: () => reservations({}),
    expected: reservationsExpected,
  },
  "reservations-win11": {
    tells: "The same on Windows 11, which tells of machine-wide blocks by 1519.",
    tale: () => reservations({ era: "W11-21H2" }),
    expected: reservationsExpected,
  },
  "time-wait-at-start": {
    tells: "The rundown (1300) finds 90 connections in TIME_WAIT and 10 alive; then binds fail.",
    tale: () => {
      const tale = story({ seed: 28, witness: "both", dynamicRange: { start: 49152, ports: 0 } });
      const web = process(tale, "web.exe", 5200);
      rundown(tale);
      for (let index = 0; index < 100; index += 1) {
        const state = index < 90 ? TCP_STATE.timeWait : TCP_STATE.established;
        connectionRundown(tale, index < 90 ? null : web, { local: 50_000 + index, remote: "10.0.0.80", state });
      }
      triesToBind(tale, web, 15);
      return tale;
    },
    expected: { exhausted: "yes", culprit: null, failures: 15, victims: [{ processId: 5200, failures: 15 }] },
  },
} as const satisfies Readonly<Record<string, Plot>>;
