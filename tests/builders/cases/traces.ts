// What a recording shows of a machine while calls fail, or while they do not.

import { captured, leakyMachine, leanTale } from "../beside.ts";
import { failures } from "../scenarios/failures.ts";
import { files } from "../scenarios/files.ts";
import { identities } from "../scenarios/identities.ts";
import { leaks } from "../scenarios/leaks.ts";
import { keepsConnections, takesPorts, triesToBind, triesToConnect, visits } from "../scenarios/plot.ts";
import { ends, process, rundown } from "../story/processes.ts";
import { reserves } from "../story/tcpip.ts";
import { type Story, story } from "../story.ts";
import { type Cases, trace } from "./given.ts";

/** 8,000 ports of one block and 200 others, then nothing is left. */
const reserved = (): Story => {
  const tale = story({ seed: 91, witness: "both", dynamicRange: { start: 49_152, ports: 200 } });
  const wsl = process(tale, "wslservice.exe", 2600);
  const browser = process(tale, "browser.exe", 6016);
  const web = process(tale, "web.exe", 5200);
  rundown(tale);
  reserves(tale, wsl, "global", { start: 50_000, ports: 8000, status: 0 });
  takesPorts(tale, browser, 200);
  triesToBind(tale, web, 30);
  return tale;
};

/** NTSTATUS of a call for which the kernel had no memory. */
const INSUFFICIENT_RESOURCES = 0xc000009a;

const wantOfMemory = (): Story => {
  const tale = story({ seed: 92, witness: "both" });
  const ping = process(tale, "trip.exe", 9400);
  rundown(tale);
  keepsConnections(tale, ping, 20);
  triesToBind(tale, ping, 40, { status: INSUFFICIENT_RESOURCES });
  return tale;
};

/** One after the other, and each finds nobody. */
const refused = (): Story => {
  const tale = story({ seed: 93 });
  const agent = process(tale, "agent.exe", 9500);
  rundown(tale);
  visits(tale, agent, 30);
  triesToConnect(tale, agent, 200, 0xc0000236);
  return tale;
};

/** Before the trace began; its machine was captured at both ends. */
const leakBefore = () => {
  const box = leakyMachine();
  return trace(leanTale(), { box, captures: [captured(box, "09:00:05"), captured(box, "09:10:00")] });
};

/** The one that leaks ends before the calls fail, and somebody has its sockets. */
const leakerEnds = (): Story => {
  const tale = story({ seed: 94, dynamicRange: { start: 49_152, ports: 300 } });
  const leaker = process(tale, "svc.exe", 4120);
  const web = process(tale, "web.exe", 5200);
  rundown(tale);
  takesPorts(tale, leaker, 300);
  ends(tale, leaker);
  triesToBind(tale, web, 20);
  return tale;
};

export const traces = {
  "recording of a bound leak": () => trace(leaks.leak.tale()),
  "recording of a leaker that ends": () => trace(leakerEnds()),
  "recording of a PID that two had": () => trace(identities["pid-reuse"].tale()),
  "recording of TCPIP alone": () => trace(failures["tcpip-only"].tale()),
  "recording of a leak in CLOSE_WAIT": () => trace(leaks["close-wait-leak"].tale()),
  "recording of connections that are kept": () => trace(leaks["connection-build-up"].tale()),
  "recording of a UDP leak": () => trace(leaks["udp-leak"].tale()),
  "recording of churn": () => trace(failures["churn-witnessed"].tale()),
  "recording of three that share": () => trace(leaks.shared.tale()),
  "recording of victims only": () => trace(leaks["filled-before"].tale()),
  "recording of victims only, UDP": () => trace(failures["udp-failure"].tale()),
  "recording of a block that was reserved": () => trace(reserved()),
  "recording of one server used up": () => trace(failures["destination-saturation"].tale()),
  "recording of want of memory": () => trace(wantOfMemory()),
  "recording of a server that refuses": () => trace(refused()),
  "recording of an ordinary day": () => trace(failures.healthy.tale()),
  "recording of packets only": () => trace(files["packets-only"].tale()),
  "recording, the leak was before it": leakBefore,
} as const satisfies Cases;
