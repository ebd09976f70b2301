// Not everything can be seen: texts that somebody printed, old Windows, callers without rights.

import { netstatExcerpt, netstatFile, rangeFile } from "../capture/loose-texts.ts";
import { netstatLines } from "../capture/machine/evidence.ts";
import { process, service } from "../capture/machine/processes.ts";
import { withoutProbe } from "../capture/machine/settings.ts";
import { binds, connects, listens, visits } from "../capture/machine/sockets.ts";
import type { Machine } from "../capture/machine.ts";
import { oemBytes } from "../capture/oem-text.ts";
import { type Cases, snapshot, texts } from "./given.ts";
import { onMachine, seenOn } from "./plot.ts";

const boundLeak = (box: Machine): void => {
  binds(box, process(box, "node.exe", 6400), 15_000);
};

const OWN = "100.100.100.108";

/** The server has closed first: TIME_WAIT is on its side, and the ports of the range are the peer's, which is this machine. */
const closedByServer = (): Machine =>
  onMachine((box) => {
    listens(box, process(box, "sunshine.exe", 7400), 1, { fromPort: 8080 });
    for (const socket of visits(box, process(box, "moonlight.exe", 7404), 16_000, { address: OWN, how: "connect" })) {
      const { port } = socket.local;
      socket.local = { address: OWN, port: 8080 };
      socket.remote = { address: OWN, port };
    }
  });

export const sights = {
  "netstat -anoq in German, 15,000 bound": () => {
    const box = onMachine(boundLeak, { language: "de" });
    return texts(box, { "netstat.txt": netstatFile(box), "range.txt": rangeFile(box, "tcp") });
  },
  "netstat -ano, where bound ports do not show": () => {
    const box = onMachine(boundLeak);
    return texts(box, { "netstat.txt": oemBytes(netstatLines(box, { q: false })) });
  },
  "netstat -ano as published, TIME_WAIT of the server's side": () => {
    const box = closedByServer();
    return texts(box, { "netstat.txt": oemBytes(netstatLines(box, { q: false })) });
  },
  "a few lines of netstat": () => {
    const box = onMachine((each) => connects(each, process(each, "node.exe", 6400), 400));
    return texts(box, { "lines.txt": netstatExcerpt(box, (line) => line.includes("ESTABLISHED")) });
  },
  "Windows 7, 14,000 bound": () =>
    seenOn((box) => binds(box, process(box, "node.exe", 6400), 14_000), { osBuild: 7601, tables: "pid" }),
  "Windows 7 without rights and without a probe": () => {
    const box = onMachine((each) => binds(each, service(each, 3100, ["Spooler"], "spoolsv.exe"), 14_000), {
      osBuild: 7601,
      elevated: false,
      debugPrivilege: false,
    });
    withoutProbe(box);
    return snapshot(box);
  },
} as const satisfies Cases;
