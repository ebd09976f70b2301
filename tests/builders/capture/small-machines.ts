// Machines small enough to be kept as bytes: a range of 255 to 400 ports, and everything that a capture can hold at least
// once. tests/fixtures/captures has them; tests/builders/capture/write-fixtures.ts writes them.

import { type Machine, type MachineOptions, machine, minutesLater } from "./machine.ts";
import { files, helpers, inherits, otherHandles, shares } from "./machine/handles.ts";
import { opensPortless } from "./machine/portless.ts";
import { exits, kernel, process, service } from "./machine/processes.ts";
import { excludes, lacks, logged, range } from "./machine/settings.ts";
import { accepts, binds, closes, connects, halfCloses, hangs, listens, peerCloses, visits } from "./machine/sockets.ts";

const small = (given: Partial<MachineOptions> = {}): Machine => {
  const box = machine(given);
  for (const protocol of ["tcp", "udp"] as const) range(box, protocol, 50_000, 255);
  const rpc = service(box, 1180, ["RpcEptMapper", "RpcSs"]);
  listens(box, rpc, 1, { fromPort: 135 });
  listens(box, rpc, 1, { fromPort: 135, family: "ipv6" });
  files(box, rpc, 5);
  otherHandles(box, rpc, 20);
  return box;
};

/** A dead process's 210 bound sockets, held by its child; the PID has gone to somebody else. */
const orphans = (given: Partial<MachineOptions> = {}): Machine => {
  const box = small(given);
  const parent = process(box, "node.exe", 5868);
  binds(box, parent, 180);
  binds(box, parent, 30, { family: "ipv6" });
  const child = process(box, "worker.exe", 7120, { parent });
  inherits(box, child, parent);
  exits(box, parent);
  minutesLater(box, 30);
  connects(box, process(box, "notepad.exe", 5868), 3);
  return box;
};

/** Every state, every kind of socket and of handle, both families; exclusions, events, settings. */
const everything = (given: Partial<MachineOptions> = {}): Machine => {
  const box = small(given);
  const app = process(box, "app.exe", 4100);
  binds(box, app, 3);
  peerCloses(connects(box, app, 4));
  hangs(connects(box, app, 2, { how: "connect" }));
  halfCloses(connects(box, app, 2));
  visits(box, app, 9);
  connects(box, app, 5, { family: "ipv6", address: "fe80::1", to: { address: "fe80::2", port: 5985 } });
  binds(box, app, 4, { protocol: "udp" });
  const [listener] = listens(box, app, 1);
  if (listener !== undefined) closes(box, accepts(box, listener, 6).slice(0, 2));
  shares(box, box.sockets.slice(4, 7), app);
  helpers(box, app, 3);
  helpers(box, app, 1, "\\Device\\Afd\\AsyncConnectHlp");
  for (const kind of ["unbound", "unix", "bluetooth", "hyper-v", "raw"] as const) opensPortless(box, app, 2, kind);
  binds(box, service(box, 2040, ["DNS"], "dns.exe"), 20, { protocol: "udp", family: "ipv6", fromPort: 50_100 });
  connects(box, kernel(box), 3, { to: { address: "10.0.0.9", port: 445 }, how: "connect" });
  excludes(box, "tcp", 50_200, 50_299);
  excludes(box, "udp", 50_250, 50_254, true);
  box.settings.tcpTimedWaitDelay = 30;
  box.settings.maxUserPort = 5000;
  logged(box, 4227, 3);
  logged(box, 4231, 2);
  return box;
};

export const SMALL_MACHINES: Readonly<Record<string, () => Machine>> = {
  orphans: () => orphans(),
  "orphans-24h2-hidden-objects": () => orphans({ osBuild: 26_100, debugPrivilege: false }),
  "orphans-x86": () => orphans({ osBuild: 19_045, pointerSize: 4, tables: "pid" }),
  "orphans-not-elevated": () => orphans({ elevated: false, debugPrivilege: false, osBuild: 26_100 }),
  everything: () => everything(),
  "everything-windows7": () => everything({ osBuild: 7601, tables: "pid" }),
  "everything-wine": () => everything({ osBuild: 18_362, wine: true }),
  "everything-french": () => everything({ language: "fr" }),
  "nothing-read": () => {
    const box = small();
    const names = ["tcp-ipv4", "tcp-ipv6", "udp-ipv4", "udp-ipv6", "bound-tcp-ipv4", "bound-tcp-ipv6", "processes"];
    for (const name of [...names, "handle-table", "afd-handles"]) lacks(box, name, "failed", "Win32 error 5.");
    return box;
  },
};

/** Whose netstat and netsh texts are kept, in files that say nothing of what they are. */
export const SMALL_EVIDENCE: Readonly<Record<string, () => Machine>> = {
  "evidence-german": () => everything({ language: "de" }),
  "evidence-french": () => orphans({ language: "fr" }),
};
