// What a trace, a comparison and texts of somebody's machine tell: less than a capture. Whom nobody saw running at last is not ended,
// no range is set that was not read, and commands of one version of Windows say of which.

import { describe, expect, test } from "@jest/globals";
import { netstatFile, rangeFile } from "../../builders/capture/loose-texts.ts";
import { exits, kernel, process, service } from "../../builders/capture/machine/processes.ts";
import { binds, closes, connects, hangs, listens } from "../../builders/capture/machine/sockets.ts";
import { type Machine, machine } from "../../builders/capture/machine.ts";
import { type Happening, seriesOf } from "../../builders/capture/series.ts";
import { leakStory } from "../../builders/scenarios/leaks.ts";
import { takesPorts, triesToBind } from "../../builders/scenarios/plot.ts";
import { ends, process as runs, rundown } from "../../builders/story/processes.ts";
import { STATUS } from "../../builders/story/statuses.ts";
import { reserves } from "../../builders/story/tcpip.ts";
import { type Story, story } from "../../builders/story.ts";
import { compareCaptures, comparisonOf } from "../support/compare.ts";
import { type Diagnosed, looseFindingsOf, traceFindingsOf } from "../support/findings.ts";
import { idsOf, onlyRemedy } from "../support/remedies.ts";

const RANGES = ["widen-range", "restore-range", "auto-reuse-range", "fix-auto-reuse"];

const rangesIn = (diagnosis: Pick<Diagnosed, "remedies">): readonly string[] =>
  idsOf(diagnosis).filter((id) => RANGES.includes(id));

describe("a trace", () => {
  test("has who leaks ended, by PID and name", () => {
    const diagnosis = traceFindingsOf(leakStory(300));
    expect(idsOf(diagnosis)[0]).toBe("restart-process");
    expect(onlyRemedy(diagnosis, "restart-process").commands).toEqual([
      "Get-Process -Id 4120 | Where-Object { $_.Name -eq 'svc' } | Stop-Process -Force",
    ]);
    expect(rangesIn(diagnosis)).toEqual([]);
  });

  test("has nobody ended who has ended", () => {
    const tale = leakStory(300);
    const [leaker] = tale.processes.filter(({ processId }) => processId === 4120);
    if (leaker !== undefined) ends(tale, leaker);
    const diagnosis = traceFindingsOf(tale);
    expect(JSON.stringify(diagnosis.remedies)).not.toContain("Stop-Process");
    expect(idsOf(diagnosis)[0]).toBe("find-holder");
  });

  test("has nobody ended whose name it does not tell", () => {
    const diagnosis = traceFindingsOf(leakStory(300, {}, { names: () => undefined }));
    expect(JSON.stringify(diagnosis.remedies)).not.toContain("Stop-Process");
    expect(idsOf(diagnosis)[0]).toBe("find-holder");
  });

  /** A block of 8,000 ports is reserved; what is left is used up. */
  const reservation = (name: string): Story => {
    const tale = story({ witness: "both", dynamicRange: { start: 49_152, ports: 200 } });
    const by = runs(tale, name, 3300);
    const browser = runs(tale, "browser.exe", 6016);
    const web = runs(tale, "web.exe", 5200);
    rundown(tale);
    reserves(tale, by, "global", { start: 50_000, ports: 8000, status: STATUS.success });
    takesPorts(tale, browser, 200);
    triesToBind(tale, web, 30);
    return tale;
  };

  test("has WinNAT restarted where a service for machines inside this one reserved ports", () => {
    expect(idsOf(traceFindingsOf(reservation("wslservice.exe")))[0]).toBe("restart-winnat");
  });

  test("has who reserved ports ended where it is another program", () => {
    const diagnosis = traceFindingsOf(reservation("fileserver.exe"));
    expect(idsOf(diagnosis)).not.toContain("restart-winnat");
    expect(onlyRemedy(diagnosis, "restart-process").commands[0]).toMatch(/^Get-Process -Id 3300 /);
  });
});

describe("a comparison", () => {
  const opensMore =
    (processId: number): Happening =>
    (box) => {
      const [by] = box.processes.filter((each) => each.processId === processId);
      if (by !== undefined) binds(box, by, 1000);
    };

  const comparisonWith = (box: Machine, happenings: readonly Happening[]): Diagnosed =>
    comparisonOf(compareCaptures(seriesOf(box, 10, happenings)));

  test("has who grows measured on and its evidence saved before it is restarted, and then mended", () => {
    const box = machine();
    process(box, "node.exe", 5868);
    const diagnosis = comparisonWith(box, [opensMore(5868), opensMore(5868)]);
    expect(idsOf(diagnosis)).toEqual([
      "measure-growth",
      "collect-evidence",
      "restart-process",
      "close-sockets",
      "watch-it",
    ]);
  });

  test("has its service restarted", () => {
    const box = machine();
    service(box, 1240, ["LeakySvc"]);
    expect(onlyRemedy(comparisonWith(box, [opensMore(1240), opensMore(1240)]), "restart-service").commands).toEqual([
      "Restart-Service -Name 'LeakySvc' -Force",
    ]);
  });

  test("has nobody ended who has ended before the last capture", () => {
    const box = machine();
    const node = process(box, "node.exe", 5868);
    const diagnosis = comparisonWith(box, [opensMore(5868), opensMore(5868), (each) => exits(each, node)]);
    expect(JSON.stringify(diagnosis.remedies)).not.toContain("Stop-Process");
  });

  test("of nothing that grows has no remedies", () => {
    const box = machine();
    const sockets = binds(box, process(box, "node.exe", 5868), 1000);
    expect(comparisonWith(box, [(each) => closes(each, sockets)]).remedies).toEqual([]);
  });
});

describe("texts of somebody's machine", () => {
  const looseOf = (turn: (box: Machine) => void, withRange = true): Diagnosed => {
    const box = machine();
    listens(box, service(box, 1180, ["RpcEptMapper", "RpcSs"]), 1, { fromPort: 135 });
    turn(box);
    const files = new Map([["netstat.txt", netstatFile(box)]]);
    if (withRange)
      for (const protocol of ["tcp", "udp"] as const) files.set(`${protocol}.txt`, rangeFile(box, protocol));
    return looseFindingsOf(files);
  };

  const leak = (box: Machine): void => {
    binds(box, process(box, "node.exe", 5868), 9000);
  };

  test("have nobody ended, since they do not tell who runs now", () => {
    const diagnosis = looseOf(leak);
    expect(idsOf(diagnosis)[0]).toBe("find-holder");
    expect(JSON.stringify(diagnosis.remedies)).not.toMatch(/Stop-Process|Restart-Service/);
  });

  test("set a range only where they tell the present one", () => {
    expect(rangesIn(looseOf(leak))).toEqual(["widen-range"]);
    expect(rangesIn(looseOf(leak, false))).toEqual([]);
  });

  test("say of commands since which Windows there are, as they do not tell the version", () => {
    const remedy = onlyRemedy(
      looseOf((box) => hangs(connects(box, process(box, "node.exe", 5868), 1200, { how: "connect" }))),
      "check-peers",
    );
    expect(remedy.commands).toEqual([]);
    expect(remedy.advice[0]).toBe(
      "On Windows 8.1 and Server 2012 R2 and later: Test-NetConnection -ComputerName '10.0.0.80' -Port 443",
    );
  });

  test("ask the kernel with the options that every netstat has", () => {
    const diagnosis = looseOf((box) => {
      connects(box, kernel(box), 9000, { to: { address: "10.0.0.9", port: 445 }, how: "connect" });
    });
    expect(onlyRemedy(diagnosis, "ask-kernel").commands[0]).toMatch(/^netstat\.exe -ano \|/);
  });
});
