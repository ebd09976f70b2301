// Leaks of each kind: from how many ports on they are told, how grave they are, whom they name, and what was not read.

import { describe, expect, test } from "@jest/globals";
import { zipOf } from "../../builders/capture/capture-files.ts";
import { bequeathed, givenAway, HEIR, PARENT } from "../../builders/capture/heirs.ts";
import { captureOf } from "../../builders/capture/machine/capture.ts";
import { inherits, shares } from "../../builders/capture/machine/handles.ts";
import { kernel, process } from "../../builders/capture/machine/processes.ts";
import { excludes, lacks, probeMeets, range, WSAENOBUFS } from "../../builders/capture/machine/settings.ts";
import { binds, connects, halfCloses, hangs, peerCloses } from "../../builders/capture/machine/sockets.ts";
import { type Machine, machine, minutesLater, type Process } from "../../builders/capture/machine.ts";
import { APP, SMALL, smallPool, withApp } from "../../builders/capture/small-pool.ts";
import { captureReport, runZip } from "../support/captures.ts";
import { findingsOf, lacksOf, onlyFinding, withId } from "../support/findings.ts";

type Turn = (box: Machine, app: Process, count: number) => void;

type Kind = {
  readonly id: string;
  readonly keep: Turn;
  /** Of 2,560 ports, the fewest that are told. */
  readonly least: number;
  readonly protocol: "tcp" | "udp";
};

const PEER = { address: "10.0.0.80", port: 443 } as const;

const KINDS: readonly Kind[] = [
  { id: "bound-leak", keep: (box, app, count) => binds(box, app, count), least: 128, protocol: "tcp" },
  {
    id: "close-wait-leak",
    keep: (box, app, count) => peerCloses(connects(box, app, count)),
    least: 128,
    protocol: "tcp",
  },
  {
    id: "connection-build-up",
    keep: (box, app, count) => connects(box, app, count, { to: PEER }),
    least: 128,
    protocol: "tcp",
  },
  {
    id: "udp-leak",
    keep: (box, app, count) => binds(box, app, count, { protocol: "udp" }),
    least: 128,
    protocol: "udp",
  },
];

const keeping = ({ keep }: Kind, count: number, box?: Machine): Machine =>
  withApp((each, app) => keep(each, app, count), box);

describe.each(KINDS)("$id", (kind) => {
  const { id, least, protocol } = kind;

  test("is told from the least number on, with the process and the numbers", () => {
    const finding = onlyFinding(findingsOf(keeping(kind, least)), id);
    expect(finding).toMatchObject({
      severity: "Warning",
      protocol,
      processId: APP,
      processName: "app.exe",
      page: `docs/findings/${id}.md`,
    });
    expect(finding.summary).toMatch(new RegExp(`^app\\.exe \\(4400\\) holds ${least} ${protocol.toUpperCase()} ports`));
    expect(finding.evidence[0]).toBe("That is 100 % of the used and 5 % of all 2,560 ports of the pool.");
  });

  test("is not told with one port less", () => {
    const diagnosis = findingsOf(keeping(kind, least - 1));
    expect(withId(diagnosis, id)).toEqual([]);
    expect(lacksOf(diagnosis, id)).toBeNull();
  });

  test("is told of a small pool only where there are enough ports to make a culprit", () => {
    const small = (count: number): Machine => keeping(kind, count, smallPool({}, 400));
    expect(withId(findingsOf(small(127)), id)).toEqual([]);
    expect(withId(findingsOf(small(128)), id)).toHaveLength(1);
  });

  test("is critical from half of the pool on", () => {
    expect(onlyFinding(findingsOf(keeping(kind, 1279)), id).severity).toBe("Warning");
    expect(onlyFinding(findingsOf(keeping(kind, 1280)), id).severity).toBe("Critical");
  });

  test("is critical with fewer where calls fail and it has the most", () => {
    const box = keeping(kind, 1200);
    const others = (each: Machine, app: Process): void => kind.keep(each, app, 900);
    others(box, process(box, "other.exe", 4500));
    probeMeets(box, protocol, WSAENOBUFS);
    const named = withId(findingsOf(box), id).map(({ severity, processId }) => [processId, severity]);
    expect(named).toEqual([
      [APP, "Critical"],
      [4500, "Warning"],
    ]);
  });

  test("is not known where the ports were not read", () => {
    const box = keeping(kind, 0);
    for (const name of [`${protocol}-ipv4`, `bound-${protocol}-ipv4`, "handle-table", "afd-handles"])
      lacks(box, name, "failed");
    const diagnosis = findingsOf(box);
    expect(withId(diagnosis, id)).toEqual([]);
    expect(lacksOf(diagnosis, id)).toHaveLength(1);
  });
});

describe("a leak of connections in CLOSE_WAIT", () => {
  test("is told with one port in a hundred of a large pool", () => {
    const large = (count: number): Machine =>
      withApp((box, app) => peerCloses(connects(box, app, count)), smallPool({}, 15_000));
    expect(withId(findingsOf(large(149)), "close-wait-leak")).toEqual([]);
    expect(withId(findingsOf(large(150)), "close-wait-leak")).toHaveLength(1);
  });
});

describe("a pattern of the verdict", () => {
  test("has its finding, even where no kind of port alone has the least number", () => {
    const box = withApp(
      (each, app) => {
        binds(each, app, 60);
        peerCloses(connects(each, app, 40));
        connects(each, app, 40);
      },
      smallPool({}, 255),
    );
    const { verdict, findings } = captureReport(runZip(zipOf(captureOf(box))));
    expect(verdict).toMatchObject({ pattern: "BoundLeak", culprit: { processId: APP } });
    expect(onlyFinding({ findings, unchecked: [], remedies: [] }, "bound-leak")).toMatchObject({ processId: APP });
  });

  test("counts connections that are being closed", () => {
    const box = withApp((each, app) => halfCloses(connects(each, app, 1400, { to: PEER })));
    const finding = onlyFinding(findingsOf(box), "connection-build-up");
    expect(finding).toMatchObject({ processId: APP, advice: expect.stringContaining("nobody here holds them") });
    expect(finding.summary).toMatch(/^app\.exe \(4400\) had opened 1,400 TCP ports for connections that it has closed/);
  });
});

describe("whom a leak names", () => {
  const leak = (box: Machine, by: Process): unknown => binds(box, by, 900);

  test("the heir that has the handles, and not the PID that Windows tells", () => {
    const finding = onlyFinding(findingsOf(bequeathed(leak, { isRecycled: true })), "bound-leak");
    expect(finding).toMatchObject({ processId: HEIR, processName: "worker.exe" });
    expect(finding.evidence).toContain("900 of its 900 ports were opened by another process.");
  });

  test("nobody but a PID that has ended where no heir was seen, and what to do then", () => {
    const finding = onlyFinding(findingsOf(bequeathed(leak, { isHeirOpen: false })), "bound-leak");
    expect(finding).toMatchObject({ processId: PARENT, processName: null });
    expect(finding.summary).toMatch(/^PID 5868 had opened 900 TCP ports/);
    expect(finding.advice).toMatch(/^Find out who holds these sockets now/);
  });

  test("not the process that has a recycled PID", () => {
    const connections = (box: Machine, by: Process): unknown => connects(box, by, 900);
    const box = bequeathed(connections, { isHeirOpen: false, isRecycled: true });
    const finding = onlyFinding(findingsOf(box), "connection-build-up");
    expect(finding).toMatchObject({ processId: null, processName: null });
    expect(finding.summary).toMatch(/^An earlier process with the PID 5868 had opened 900 TCP ports/);
  });

  test("not a process with too few handles", () => {
    const finding = onlyFinding(findingsOf(givenAway(900)), "bound-leak");
    expect(finding).toMatchObject({ processId: null });
    expect(finding.summary).toMatch(/^Windows remembers node\.exe \(5868\) as the one that opened 900/);
  });

  test("nobody where two heirs have the same sockets: both are told", () => {
    const box = machine();
    const parent = process(box, "node.exe", PARENT);
    const sockets = binds(box, parent, 900);
    shares(box, sockets, process(box, "worker.exe", HEIR, { parent }));
    shares(box, sockets, process(box, "logger.exe", 7124, { parent }));
    for (const { object } of sockets) object.handles.shift();
    box.processes.splice(box.processes.indexOf(parent), 1);
    const finding = onlyFinding(findingsOf(box), "bound-leak");
    expect(finding.processId).toBeNull();
    expect(finding.evidence.join(" ")).toContain("Handles to most of the same sockets: logger.exe (7124).");
    expect(finding.advice).toMatch(/^End all processes/);
  });

  test("the one that opened them where a child has them too, with the child", () => {
    const box = withApp((each, app) => {
      binds(each, app, 900);
      inherits(each, process(each, "child.exe", 4500, { parent: app }), app);
    });
    const finding = onlyFinding(findingsOf(box), "bound-leak");
    expect(finding).toMatchObject({ processId: APP, advice: expect.stringMatching(/^End all processes/) });
    expect(finding.evidence).toContain("Handles to most of the same sockets: child.exe (4500).");
  });

  test("the kernel, with what to ask about drivers instead of a restart", () => {
    const box = smallPool();
    connects(box, kernel(box), 300, { to: { address: "10.0.0.9", port: 445 }, how: "connect" });
    const finding = onlyFinding(findingsOf(box), "connection-build-up");
    expect(finding).toMatchObject({ processId: 4, advice: expect.stringContaining("Get-SmbConnection") });
  });

  test("each of several", () => {
    const box = withApp((each, app) => binds(each, app, 400));
    binds(box, process(box, "other.exe", 4500), 300);
    expect(withId(findingsOf(box), "bound-leak").map(({ processId }) => processId)).toEqual([APP, 4500]);
  });
});

describe("connections of one process", () => {
  const to = (count: number, address: string) => (box: Machine, app: Process) =>
    connects(box, app, count, { to: { address, port: 443 } });
  const spread =
    (count: number, each: number) =>
    (box: Machine, app: Process): void => {
      for (let index = 0; index < count; index += 1) to(each, `10.1.0.${index + 1}`)(box, app);
    };
  const found = (turn: (box: Machine, app: Process) => void, box?: Machine) =>
    onlyFinding(findingsOf(withApp(turn, box)), "connection-build-up");

  test("to one peer: its maker has to use them again", () => {
    const finding = found(to(300, "10.1.0.1"));
    expect(finding).toMatchObject({ severity: "Warning", advice: expect.stringContaining("use connections again") });
    expect(finding.summary).toBe("app.exe (4400) holds 300 TCP ports for connections, all to 10.1.0.1:443.");
  });

  test("half of them to one peer", () => {
    const finding = found((box, app) => {
      to(150, "10.1.1.1")(box, app);
      spread(15, 10)(box, app);
    });
    expect(finding.summary).toBe("app.exe (4400) holds 300 TCP ports for connections, 150 of them to 10.1.1.1:443.");
    expect(finding.evidence).toContain(
      "To 16 remote endpoints: 10.1.1.1:443 (150), 10.1.0.1:443 (10), 10.1.0.2:443 (10) and 13 more.",
    );
  });

  test("one less than half of them to one peer: that is load, and to be known", () => {
    const finding = found((box, app) => {
      to(149, "10.1.1.1")(box, app);
      spread(15, 10)(box, app);
      to(1, "10.1.1.2")(box, app);
    });
    expect(finding).toMatchObject({ severity: "Information", advice: expect.stringContaining("give it more ports") });
    expect(finding.why).toContain("load and not a leak");
    expect(finding.advice).not.toMatch(/^Restart/);
  });

  test("to many, and half of the pool: a warning", () => {
    expect(found(spread(64, 20)).severity).toBe("Warning");
  });

  test("to many, and calls fail: critical", () => {
    const box = withApp(spread(64, 33));
    probeMeets(box, "tcp", WSAENOBUFS);
    expect(onlyFinding(findingsOf(box), "connection-build-up").severity).toBe("Critical");
  });

  test("that nobody answers: why the peers do not", () => {
    const finding = found((box, app) => hangs(connects(box, app, 300, { to: PEER, how: "connect" })));
    expect(finding.advice).toMatch(/^Find out why the peers do not answer/);
    expect(finding.evidence).toContain("300 of its connections wait for a first answer (SYN_SENT).");
  });

  test("that nobody answers name the peers that do not, and not those that have closed more connections", () => {
    const finding = found((box, app) => {
      hangs(connects(box, app, 200, { to: { address: "10.1.0.66", port: 1433 }, how: "connect" }));
      peerCloses(to(300, "10.1.0.1")(box, app));
    });
    expect(finding.summary).toBe(
      "app.exe (4400) holds 200 TCP ports for connects that wait for an answer, all to 10.1.0.66:1433.",
    );
    expect(finding.evidence).toContain("To 1 remote endpoint: 10.1.0.66:1433 (200).");
  });

  test("to one peer are not mixed up with those that another, or the same, has closed", () => {
    const finding = found((box, app) => {
      to(200, "10.1.0.66")(box, app);
      peerCloses(to(50, "10.1.0.66")(box, app));
      peerCloses(to(300, "10.1.0.1")(box, app));
    });
    expect(finding.summary).toBe("app.exe (4400) holds 200 TCP ports for connections, all to 10.1.0.66:443.");
  });

  test("that no table shows, but only handles: whom they go to is not known", () => {
    const box = withApp((each, app) => connects(each, app, 300, { to: PEER, how: "connect" }));
    lacks(box, "tcp-ipv4", "failed");
    lacks(box, "tcp-ipv6", "failed");
    for (const name of ["bound-tcp-ipv4", "bound-tcp-ipv6"]) lacks(box, name, "failed");
    const finding = onlyFinding(findingsOf(box), "connection-build-up");
    expect(finding.advice).toBe("Find out whom it is connected to: `netstat -ano` shows the peers.");
  });
});

describe("UDP", () => {
  const UDP = { protocol: "udp" } as const;

  test("ports asked for by number are no leak", () => {
    const box = withApp((each, app) => binds(each, app, 1500, { ...UDP, fromPort: SMALL.start }));
    expect(withId(findingsOf(box), "udp-leak")).toEqual([]);
  });

  test("a DNS server's pool is no leak, also where nothing says that it was asked for by number", () => {
    const dns = (name: string) => withApp((box, app) => binds(box, app, 500, UDP), smallPool(), name);
    expect(withId(findingsOf(dns("dns.exe")), "udp-leak")).toEqual([]);
    expect(withId(findingsOf(dns("resolver.exe")), "udp-leak")).toHaveLength(1);
  });

  test("a DNS server that fills the pool is told, as the verdict does", () => {
    const box = withApp((each, app) => binds(each, app, 1500, UDP), smallPool(), "dns.exe");
    const { verdict, ...diagnosis } = captureReport(runZip(zipOf(captureOf(box))));
    expect(verdict).toMatchObject({ pattern: "UdpLeak", culprit: { processId: APP } });
    expect(onlyFinding(diagnosis, "udp-leak").processId).toBe(APP);
  });
});

describe("a pool of one family", () => {
  test("is named", () => {
    const box = machine();
    range(box, "tcp", 20_000, 1000, "ipv6");
    binds(box, process(box, "six.exe", APP), 600, { family: "ipv6" });
    minutesLater(box, 5);
    expect(onlyFinding(findingsOf(box), "bound-leak").summary).toMatch(/holds 600 TCP IPv6 ports/);
  });

  test("is counted without what is excluded", () => {
    const box = smallPool();
    excludes(box, "tcp", SMALL.start, SMALL.start + 1279);
    withApp((each, app) => binds(each, app, 640), box);
    expect(onlyFinding(findingsOf(box), "bound-leak")).toMatchObject({
      severity: "Critical",
      evidence: expect.arrayContaining(["That is 100 % of the used and 50 % of all 1,280 ports of the pool."]),
    });
  });
});
