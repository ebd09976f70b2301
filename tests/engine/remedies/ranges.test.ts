// Ranges that are set: larger, back to the default, or shared; with the numbers of this machine, and none where another range is
// told, where ports were not seen, or where it would not help.

import { describe, expect, test } from "@jest/globals";
import { process } from "../../builders/capture/machine/processes.ts";
import { excludes, lacks, range, sharesPorts } from "../../builders/capture/machine/settings.ts";
import { binds, listens, visits } from "../../builders/capture/machine/sockets.ts";
import { type Machine, type MachineOptions, machine, minutesLater } from "../../builders/capture/machine.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, type Diagnosed, findingsOf } from "../support/findings.ts";
import { idsOf, leakOf, onlyRemedy } from "../support/remedies.ts";

const FULLEST = { address: "10.0.0.80", port: 443 };
const TEN_PEERS = Array.from({ length: 10 }, (_, index) => ({ address: `10.0.1.${index}`, port: 443 }));

/** Nine thousand ports in TIME_WAIT: so many to the first endpoint, the others to all others alike. */
const churnOf = (
  turn: (box: Machine) => void = () => undefined,
  given: Partial<MachineOptions> = {},
  [first = FULLEST, ...others] = TEN_PEERS,
  toFirst = 900,
): Machine => {
  const box = machine(given);
  turn(box);
  const app = process(box, "node.exe", 5868);
  visits(box, app, toFirst, { to: first });
  for (const to of others) visits(box, app, (9000 - toFirst) / others.length, { to });
  return box;
};

const leak = (turn: (box: Machine) => void = () => undefined): Machine =>
  leakOf((box) => process(box, "node.exe", 5868), {}, turn);

const listener = (box: Machine, port: number): void => {
  listens(box, process(box, "web.exe", 3000), 1, { fromPort: port });
};

const rangesOf = (diagnosis: Diagnosed): readonly string[] =>
  idsOf(diagnosis).filter((id) => ["widen-range", "restore-range", "auto-reuse-range", "fix-auto-reuse"].includes(id));

describe("a larger range", () => {
  test("is set for both families, and so is the old one", () => {
    const remedy = onlyRemedy(findingsOf(churnOf()), "widen-range");
    expect(remedy.commands).toEqual([
      "netsh int ipv4 set dynamicport tcp start=10000 num=55536",
      "netsh int ipv6 set dynamicport tcp start=10000 num=55536",
    ]);
    expect(remedy.undo).toEqual([
      "netsh int ipv4 set dynamicport tcp start=49152 num=16384",
      "netsh int ipv6 set dynamicport tcp start=49152 num=16384",
    ]);
    expect(remedy.checkFirst).toEqual([
      "netsh int ipv4 show dynamicport tcp",
      "netsh int ipv4 show excludedportrange protocol=tcp",
      "netsh int ipv6 show dynamicport tcp",
      "netsh int ipv6 show excludedportrange protocol=tcp",
    ]);
    expect(remedy.title).toBe("Make the dynamic range of TCP larger: 10,000 to 65,535");
  });

  test.each([
    ["a listener", (box: Machine) => listener(box, 40_000), "start=40001 num=25535"],
    ["an excluded block", (box: Machine) => excludes(box, "tcp", 30_000, 30_099), "start=30100 num=35436"],
    [
      "a port that an administrator keeps",
      (box: Machine) => excludes(box, "tcp", 47_001, 47_001, true),
      "start=10000 num=37001",
    ],
    ["a listener below 10000", (box: Machine) => listener(box, 8080), "start=10000 num=55536"],
    ["shared ports", (box: Machine) => sharesPorts(box, 20_000, 5000), "start=25000 num=40536"],
  ])("keeps away from %s", (_, turn, numbers) => {
    expect(onlyRemedy(findingsOf(churnOf(turn)), "widen-range").commands).toEqual([
      `netsh int ipv4 set dynamicport tcp ${numbers}`,
      `netsh int ipv6 set dynamicport tcp ${numbers}`,
    ]);
  });

  test("is for UDP where UDP ports are short", () => {
    const box = machine();
    binds(box, process(box, "resolver.exe", 2200), 9000, { protocol: "udp" });
    minutesLater(box, 90);
    expect(onlyRemedy(findingsOf(box), "widen-range").commands).toEqual([
      "netsh int ipv4 set dynamicport udp start=10000 num=55536",
      "netsh int ipv6 set dynamicport udp start=10000 num=55536",
    ]);
  });

  test("comes after the restart of who leaks, and says that it is no cure", () => {
    const box = machine();
    binds(box, process(box, "node.exe", 5868), 9000);
    const diagnosis = findingsOf(box);
    const ids = idsOf(diagnosis);
    expect(ids.indexOf("widen-range")).toBeGreaterThan(ids.indexOf("restart-process"));
    expect(onlyRemedy(diagnosis, "widen-range").willNotFix[0]).toBe(
      "A leak: it fills the larger range too, only later.",
    );
  });

  test("is not told of a leak while less than half of the pool is used", () => {
    expect(rangesOf(findingsOf(leak()))).toEqual([]);
  });

  test.each([
    ["listeners may be unseen", ["tcp-ipv4", "tcp-ipv6"]],
    ["the range is unknown", ["dynamic-range-tcp-ipv4", "dynamic-range-tcp-ipv6"]],
  ])("is not told where %s", (_, names) => {
    const diagnosis = captureFindingsOf(captureWithout(leak(), names));
    expect(rangesOf(diagnosis)).toEqual([]);
  });

  test("is not told where there is no room for more", () => {
    expect(rangesOf(findingsOf(churnOf((box) => range(box, "tcp", 10_000, 55_536))))).not.toContain("widen-range");
  });
});

describe("the default range", () => {
  const narrow = (box: Machine): void => range(box, "tcp", 40_000, 1000);

  test("is set instead of a larger one where the range is odd", () => {
    const diagnosis = findingsOf(
      leakOf(
        (box) => process(box, "node.exe", 5868),
        {},
        (box) => range(box, "tcp", 49_152, 9000),
      ),
    );
    expect(rangesOf(diagnosis)).toEqual(["restore-range"]);
    const remedy = onlyRemedy(diagnosis, "restore-range");
    expect(remedy.commands).toEqual([
      "netsh int ipv4 set dynamicport tcp start=49152 num=16384",
      "netsh int ipv6 set dynamicport tcp start=49152 num=16384",
    ]);
    expect(remedy.undo).toEqual([
      "netsh int ipv4 set dynamicport tcp start=49152 num=9000",
      "netsh int ipv6 set dynamicport tcp start=49152 num=9000",
    ]);
  });

  test("is set for the family that has another one", () => {
    const box = machine();
    range(box, "tcp", 20_000, 1000, "ipv6");
    expect(onlyRemedy(findingsOf(box), "restore-range").commands).toEqual([
      "netsh int ipv6 set dynamicport tcp start=49152 num=16384",
    ]);
  });

  test("is set back from 1024 on, which netsh itself would refuse, by 1025", () => {
    const box = machine();
    range(box, "tcp", 1024, 64_511);
    const remedy = onlyRemedy(findingsOf(box), "restore-range");
    expect(remedy.undo[0]).toBe("netsh int ipv4 set dynamicport tcp start=1025 num=64510");
  });

  test("takes MaxUserPort with it, which would change it again", () => {
    const box = machine();
    narrow(box);
    expect(onlyRemedy(findingsOf(box), "restore-range").advice).toEqual([]);
    box.settings.maxUserPort = 65_534;
    expect(onlyRemedy(findingsOf(box), "restore-range").advice).toEqual([
      "MaxUserPort is set too, and changes the range at the next restart: remove it as well.",
    ]);
  });

  test("is not told where it would be too small for what is in use", () => {
    const box = machine();
    range(box, "tcp", 5000, 60_000);
    binds(box, process(box, "node.exe", 5868), 8192);
    expect(rangesOf(findingsOf(box))).not.toContain("restore-range");
  });

  test("is not told of a larger range that was made on purpose", () => {
    const box = machine();
    range(box, "tcp", 10_000, 55_535);
    expect(rangesOf(findingsOf(box))).toEqual([]);
  });
});

const shared = (start: number, ports: number): string =>
  `Set-NetTCPSetting -SettingName InternetCustom -AutoReusePortRangeStartPort ${start} -AutoReusePortRangeNumberOfPorts ${ports}`;

describe("an auto-reuse range", () => {
  test("is set beside the dynamic one, after a restart, and can be switched off", () => {
    const remedy = onlyRemedy(findingsOf(churnOf()), "auto-reuse-range");
    expect(remedy.commands).toEqual([shared(32_768, 16_384)]);
    expect(remedy.undo).toEqual([shared(0, 0)]);
    expect(remedy).toMatchObject({ reboot: true, reversible: true });
  });

  test.each([
    ["a listener", (box: Machine) => listener(box, 40_000), shared(23_616, 16_384)],
    ["an excluded block", (box: Machine) => excludes(box, "tcp", 49_000, 49_151), shared(32_616, 16_384)],
  ])("keeps away from %s", (_, turn, command) => {
    expect(onlyRemedy(findingsOf(churnOf(turn)), "auto-reuse-range").commands).toEqual([command]);
  });

  test.each([
    ["one destination has half of the ports", churnOf(undefined, {}, [FULLEST, ...TEN_PEERS], 4500)],
    ["Windows is older", churnOf(undefined, { osBuild: 9600 })],
    ["one is set already", churnOf((box) => sharesPorts(box, 20_000, 5000))],
  ])("is not told where %s", (_, box) => {
    expect(idsOf(findingsOf(box))).not.toContain("auto-reuse-range");
  });

  test("has as many ports as the fullest destination has connections", () => {
    const churn = (lastExcluded: number) =>
      churnOf((box) => excludes(box, "tcp", 10_000, lastExcluded), {}, [FULLEST, ...TEN_PEERS], 4400);
    expect(onlyRemedy(findingsOf(churn(44_751)), "auto-reuse-range").commands).toEqual([shared(44_752, 4400)]);
    // Beside are 4,399; inside, the ports in TIME_WAIT are free for it, and up to half of the range is.
    expect(onlyRemedy(findingsOf(churn(44_752)), "auto-reuse-range").commands).toEqual([shared(57_344, 8192)]);
  });

  test("is not told where exclusions were not read", () => {
    const box = churnOf();
    for (const family of ["ipv4", "ipv6"]) lacks(box, `excluded-ranges-tcp-${family}`, "failed");
    const diagnosis = findingsOf(box);
    expect(idsOf(diagnosis)).not.toContain("auto-reuse-range");
    expect(onlyRemedy(diagnosis, "widen-range").reason).toContain("whether some of them are excluded was not read");
  });

  test("that covers the dynamic one is moved away", () => {
    const box = machine();
    sharesPorts(box, 49_152, 16_384);
    const remedy = onlyRemedy(findingsOf(box), "fix-auto-reuse");
    expect(remedy.title).toBe("Move the auto-reuse range to 32,768 to 49,151");
    expect(remedy.commands).toEqual([shared(32_768, 16_384)]);
    expect(remedy.undo).toEqual([shared(49_152, 16_384)]);
  });

  test("for which there is no other room is switched off", () => {
    const box = machine();
    excludes(box, "tcp", 1, 49_151);
    range(box, "tcp", 49_152, 300);
    sharesPorts(box, 49_152, 300);
    excludes(box, "tcp", 49_452, 65_535);
    const remedy = onlyRemedy(findingsOf(box), "fix-auto-reuse");
    expect(remedy.title).toBe("Switch the auto-reuse range off");
    expect(remedy.commands).toEqual([shared(0, 0)]);
  });
});
