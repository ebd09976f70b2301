// What looks like a leak and is none, connections that stay in the machine, and handles without ports.

import { describe, expect, test } from "@jest/globals";
import { withInspection } from "../../builders/capture/changes.ts";
import { bequeathed, HEIR, PARENT } from "../../builders/capture/heirs.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { helpers, shares } from "../../builders/capture/machine/handles.ts";
import { opensPortless } from "../../builders/capture/machine/portless.ts";
import { exits, process, service } from "../../builders/capture/machine/processes.ts";
import { lacks, range } from "../../builders/capture/machine/settings.ts";
import { accepts, binds, connects, listens, visits } from "../../builders/capture/machine/sockets.ts";
import { type Machine, machine, minutesLater, type Process } from "../../builders/capture/machine.ts";
import { APP, SMALL, smallPool, withApp } from "../../builders/capture/small-pool.ts";
import { takesPorts } from "../../builders/scenarios/plot.ts";
import { binds as traceBinds } from "../../builders/story/calls.ts";
import { process as runs, rundown } from "../../builders/story/processes.ts";
import { opens } from "../../builders/story/sockets.ts";
import { story } from "../../builders/story.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, traceFindingsOf, withId } from "../support/findings.ts";

const DESIGN = "known-by-design";
const UDP = { protocol: "udp" } as const;
const HANDLES = ["handle-table", "afd-handles"] as const;

describe("known-by-design: the DNS server", () => {
  const dnsServer = (count: number, given: { readonly fromPort?: number } = {}): Machine => {
    const box = machine();
    binds(box, service(box, 2040, ["DNS"], "dns.exe"), count, { ...UDP, ...given });
    return box;
  };

  test("2,500 ports are its pool", () => {
    const finding = onlyFinding(findingsOf(dnsServer(2500)), DESIGN);
    expect(finding).toMatchObject({ severity: "Information", protocol: "udp", processId: 2040, services: ["DNS"] });
    expect(finding.summary).toBe(
      "dns.exe (2040) holds 2,500 UDP ports and is the DNS server, which keeps a pool of them.",
    );
    expect(finding.evidence[0]).toContain("2,500 of each family by default, 10,000 at most");
    expect(finding.advice).toMatch(/^Do not restart it for this/);
  });

  test("whether or not Windows tells that it asked for them by number: told once", () => {
    expect(withId(findingsOf(dnsServer(2500, { fromPort: 50_000 })), DESIGN)).toHaveLength(1);
  });

  test.each([
    [5000, false],
    [5001, true],
  ])("%i ports: more than usual is %s", (count, isMore) => {
    const { evidence } = onlyFinding(findingsOf(dnsServer(count)), DESIGN);
    expect(evidence.some((text) => text.includes("dnscmd /Info /SocketPoolSize"))).toBe(isMore);
  });

  test.each([
    [127, 0],
    [128, 1],
  ])("%i ports: %i findings", (count, findings) => {
    expect(withId(findingsOf(dnsServer(count)), DESIGN)).toHaveLength(findings);
  });

  test("is known by its service where its image has another name", () => {
    const box = machine();
    binds(box, service(box, 2040, ["DNS"], "named.exe"), 2500, UDP);
    expect(withId(findingsOf(box), DESIGN)).toHaveLength(1);
  });

  test("that only has the PID of the one that opened them: no", () => {
    const box = bequeathed((each, by) => binds(each, by, 2500, UDP), { isHeirOpen: false });
    service(box, PARENT, ["DNS"], "dns.exe");
    expect(withId(findingsOf(box), DESIGN)).toEqual([]);
  });
});

describe("known-by-design: ports asked for by number", () => {
  const chosen = (count: number, protocol: "tcp" | "udp" = "udp"): Machine =>
    withApp((box, app) => binds(box, app, count, { protocol, fromPort: SMALL.start }));

  test.each([
    [128, 1],
    [127, 0],
  ])("%i of 2,560: %i findings", (count, findings) => {
    expect(withId(findingsOf(chosen(count)), DESIGN)).toHaveLength(findings);
  });

  test("are told with their part of the pool", () => {
    expect(onlyFinding(findingsOf(chosen(256)), DESIGN)).toMatchObject({
      severity: "Information",
      processId: APP,
      summary: "app.exe (4400) holds 256 UDP ports that it asked for by number.",
      evidence: ["That is 10 % of all 2,560 ports of the pool.", expect.stringContaining("its own choice")],
    });
  });

  test("in a trace", () => {
    const traced = (count: number) => {
      const tale = story();
      const app = runs(tale, "app.exe", 4120);
      rundown(tale);
      takesPorts(tale, app, 5);
      for (let index = 0; index < count; index += 1) traceBinds(tale, opens(tale, app, UDP), { port: 20_000 + index });
      return withId(traceFindingsOf(tale), DESIGN).map(({ processId, summary }) => [processId, summary]);
    };
    expect(traced(127)).toEqual([]);
    expect(traced(128)).toEqual([
      [4120, "app.exe (4120) held 128 ports at the end of the trace that it had asked for by number."],
    ]);
  });
});

describe("known-by-design: helpers of event loops", () => {
  test.each([
    [3000, 1],
    [2999, 0],
  ])("%i helpers: %i findings", (count, findings) => {
    const diagnosis = findingsOf(withApp((box, app) => helpers(box, app, count)));
    expect(withId(diagnosis, DESIGN)).toHaveLength(findings);
    expect(withId(diagnosis, "afd-handle-leak")).toEqual([]);
  });

  test("are not known where handles were not read", () => {
    const box = withApp((each, app) => helpers(each, app, 3000));
    for (const name of HANDLES) lacks(box, name, "refused");
    expect(lacksOf(findingsOf(box), DESIGN)).toEqual([
      expect.stringContaining("AFD handles of processes were not read"),
    ]);
  });
});

describe("afd-handle-leak", () => {
  const ID = "afd-handle-leak";
  const unbound = (count: number): Machine => withApp((box, app) => opensPortless(box, app, count, "unbound"));

  test.each([
    [2999, []],
    [3000, ["Information"]],
    [9999, ["Information"]],
    [10_000, ["Warning"]],
  ])("%i unbound sockets: %j", (count, severities) => {
    const diagnosis = findingsOf(unbound(count));
    expect(withId(diagnosis, ID).map(({ severity }) => severity)).toEqual(severities);
    expect(lacksOf(diagnosis, ID)).toBeNull();
  });

  test("tells what they are", () => {
    const box = withApp((each, app) => {
      opensPortless(each, app, 3000, "unbound");
      opensPortless(each, app, 200, "unix");
      shares(each, connects(each, app, 100), app);
      helpers(each, app, 50);
    });
    expect(onlyFinding(findingsOf(box), ID)).toMatchObject({
      protocol: null,
      processId: APP,
      summary: "app.exe (4400) has 3,300 AFD handles that hold no port of their own.",
      evidence: [
        "What they are: 3,000 unbound sockets, 200 sockets without TCP and UDP ports (AF_UNIX, Bluetooth, Hyper-V, raw), 100 further handles to sockets counted once.",
        "Of its 3,450 AFD handles, others are to sockets with 100 ports, 50 are helpers of event loops.",
      ],
    });
  });

  test("says nothing of others where there are none", () => {
    const box = withApp((each, app) => opensPortless(each, app, 3000, "unix"));
    expect(onlyFinding(findingsOf(box), ID).evidence).toHaveLength(1);
  });

  test("does not count sockets with ports, accepted connections least of all", () => {
    const box = withApp((each, app) => {
      const [listener] = listens(each, app, 1);
      if (listener !== undefined) accepts(each, listener, 4000);
      connects(each, app, 1000);
    });
    expect(withId(findingsOf(box), ID)).toEqual([]);
  });

  test("is not known where no handles were read", () => {
    const box = unbound(12_000);
    for (const name of HANDLES) lacks(box, name, "refused");
    const diagnosis = findingsOf(box);
    expect(withId(diagnosis, ID)).toEqual([]);
    expect(lacksOf(diagnosis, ID)).toEqual([expect.stringContaining("AFD handles of processes were not read")]);
  });

  test("says where there are more than were looked at", () => {
    const diagnosis = captureFindingsOf(withInspection(captureOf(unbound(12_000)), APP, { status: "partial" }));
    expect(onlyFinding(diagnosis, ID).evidence).toContain("Its handles were looked at in part: there are more.");
  });
});

describe("loopback-pairs", () => {
  const ID = "loopback-pairs";

  /** A server at 8080 of this machine, and its clients. */
  const within = (address: string, turn: (box: Machine, to: { address: string; port: number }) => void): Machine => {
    const box = smallPool();
    listens(box, process(box, "server.exe", 3300), 1, { fromPort: 8080 });
    turn(box, { address, port: 8080 });
    minutesLater(box, 1);
    return box;
  };
  const clients =
    (...counts: readonly number[]) =>
    (box: Machine, to: { address: string; port: number }): void => {
      const at = (by: Process, count: number): unknown => connects(box, by, count, { address: to.address, to });
      for (const [index, count] of counts.entries()) at(process(box, `client${index}.exe`, 5000 + index * 4), count);
    };

  test("names the one that connects, and counts each pair once", () => {
    const finding = onlyFinding(findingsOf(within("127.0.0.1", clients(300, 100))), ID);
    expect(finding).toMatchObject({ severity: "Warning", protocol: "tcp", processId: 5000 });
    expect(finding.summary).toBe("400 TCP ports are used for connections within the machine.");
    expect(finding.evidence).toEqual([
      "That is 100 % of the used and 16 % of all 2,560 ports of the pool.",
      "To: 127.0.0.1:8080 400.",
      "Who connects: client0.exe (5000) 300, client1.exe (5004) 100.",
    ]);
  });

  test.each(["127.0.0.1", "127.3.2.1", "192.168.7.20"])("to %s", (address) => {
    expect(withId(findingsOf(within(address, clients(128))), ID)).toHaveLength(1);
  });

  test("to another machine: no", () => {
    const box = withApp((each, app) => connects(each, app, 300));
    expect(withId(findingsOf(box), ID)).toEqual([]);
  });

  test.each([
    [127, []],
    [128, ["Warning"]],
    [1279, ["Warning"]],
    [1280, ["Critical"]],
  ])("%i of 2,560 ports: %j", (count, severities) => {
    const found = withId(findingsOf(within("127.0.0.1", clients(count))), ID);
    expect(found.map(({ severity }) => severity)).toEqual(severities);
  });

  test("names nobody where two have as many", () => {
    expect(onlyFinding(findingsOf(within("127.0.0.1", clients(200, 200))), ID).processId).toBeNull();
  });

  test("counts TIME_WAIT, which has no owner", () => {
    const box = within("127.0.0.1", (each, to) => {
      const client = process(each, "client.exe", 5000);
      visits(each, client, 1400, { address: to.address, to });
      exits(each, client);
    });
    const finding = onlyFinding(findingsOf(box), ID);
    expect(finding).toMatchObject({ severity: "Critical", processId: null });
    expect(finding.evidence).toContain("1,400 of them are in TIME_WAIT, which tells no owner (PID 0).");
  });

  test("does not name a process that has ended, or that only has its PID", () => {
    const opensLocal = (box: Machine, by: Process): unknown =>
      connects(box, by, 900, { address: "127.0.0.1", to: { address: "127.0.0.1", port: 8080 } });
    for (const isRecycled of [false, true]) {
      const box = bequeathed(opensLocal, { isHeirOpen: false, isRecycled });
      expect(onlyFinding(findingsOf(box), ID).processId).toBeNull();
    }
    expect(onlyFinding(findingsOf(bequeathed(opensLocal)), ID).processId).toBe(HEIR);
  });

  test("is told of listeners' ends whose other ends no table shows, without blaming anybody", () => {
    const halves = (count: number, state: "established" | "timeWait", peer = "127.0.0.1"): Machine => {
      const box = smallPool();
      const [listener] = listens(box, process(box, "server.exe", 3300), 1, { fromPort: 8080, address: "127.0.0.1" });
      for (const [index, socket] of (listener === undefined ? [] : accepts(box, listener, count)).entries()) {
        socket.local = { address: "127.0.0.1", port: 8080 };
        socket.remote = { address: peer, port: SMALL.start + index };
        socket.state = state;
      }
      return box;
    };
    expect(onlyFinding(findingsOf(halves(1400, "timeWait")), ID)).toMatchObject({
      severity: "Warning",
      processId: null,
      summary: "1,400 connections within the machine show the end of the listener 127.0.0.1:8080 only.",
      evidence: [
        "The missing ends had 55 % of all 2,560 ports of the pool; whether those are free again is not shown.",
        "1,400 of them are in TIME_WAIT, which tells no owner (PID 0).",
      ],
    });
    const held = onlyFinding(findingsOf(halves(128, "established")), ID);
    expect(held.evidence).toContain("Whose the listener's ends are: server.exe (3300) 128.");
    expect(withId(findingsOf(halves(127, "established")), ID)).toEqual([]);
    expect(withId(findingsOf(halves(300, "established", "10.0.0.5")), ID)).toEqual([]);
  });

  test("is not known without the tables", () => {
    const box = smallPool();
    range(box, "tcp", SMALL.start, SMALL.ports);
    lacks(box, "tcp-ipv4", "failed");
    expect(lacksOf(findingsOf(box), ID)).toEqual([expect.stringContaining("TCP ports in use were not read")]);
  });
});
