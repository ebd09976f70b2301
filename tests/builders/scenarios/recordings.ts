// Recordings as Start-PortTrace and Stop-PortTrace leave them: a lean trace that names nobody, and captures of its machine at
// the start and at the end.

import { captured, goesOnTo, leanTale, recordedMachine } from "../beside.ts";
import { process as runs, service } from "../capture/machine/processes.ts";
import { range } from "../capture/machine/settings.ts";
import { binds as keeps, peerCloses, connects as links, visits as wears } from "../capture/machine/sockets.ts";
import { process } from "../story/processes.ts";
import { at, type Story, story } from "../story.ts";
import { takesPorts, triesToBind, visits } from "./plot.ts";

export type Recording = {
  readonly tells: string;
  readonly make: () => { readonly trace: Story; readonly start: Uint8Array; readonly stop: Uint8Array };
};

export const recordings: Readonly<Record<string, Recording>> = {
  "leak-before": {
    tells:
      "leak.exe took its ports before the trace and does nothing in it; agent.exe keeps some that its peer has closed.",
    make: () => {
      const box = recordedMachine();
      range(box, "tcp", 59_660, 360);
      keeps(box, runs(box, "leak.exe", 7000), 300);
      peerCloses(links(box, runs(box, "agent.exe", 7100), 40));
      const app = runs(box, "app.exe", 4100);
      runs(box, "web.exe", 5200);
      const start = captured(box, "09:00:05");
      goesOnTo(box, "09:00:10");
      keeps(box, app, 20);
      return { trace: leanTale(), start, stop: captured(box, "09:10:00") };
    },
  },
  "worn-out": {
    tells: "A service wears out the pool with one connection after the other, while app.exe keeps a quarter of it.",
    make: () => {
      const trace = story({ seed: 81, dynamicRange: { start: 60_000, ports: 800 } });
      const app = process(trace, "app.exe", 4100);
      const host = process(trace, "svchost.exe", 1300);
      at(trace, "09:00:01");
      takesPorts(trace, app, 1);
      at(trace, "09:00:10");
      takesPorts(trace, app, 199);
      at(trace, "09:09:00");
      visits(trace, host, 600);
      triesToBind(trace, process(trace, "web.exe", 5200), 30);
      const box = recordedMachine();
      range(box, "tcp", 60_000, 800);
      const keeper = runs(box, "app.exe", 4100);
      const busy = service(box, 1300, ["Collector"]);
      runs(box, "web.exe", 5200);
      goesOnTo(box, "09:00:02");
      keeps(box, keeper, 1);
      const start = captured(box, "09:00:05");
      goesOnTo(box, "09:00:10");
      keeps(box, keeper, 199);
      goesOnTo(box, "09:09:00");
      wears(box, busy, 600);
      return { trace, start, stop: captured(box, "09:09:03") };
    },
  },
};
