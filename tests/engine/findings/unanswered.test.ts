// Connections that peers do not answer, and connections that peers do not close.

import { describe, expect, test } from "@jest/globals";
import { type Machine, machine, type Process } from "../../builders/capture/machine.ts";
import { inherits } from "../../builders/capture/machine/handles.ts";
import { exits, process } from "../../builders/capture/machine/processes.ts";
import { range } from "../../builders/capture/machine/settings.ts";
import { accepts, connects, halfCloses, hangs, listens } from "../../builders/capture/machine/sockets.ts";
import { captureWithout } from "../support/diagnosed.ts";
import { captureFindingsOf, findingsOf, lacksOf, onlyFinding, withId } from "../support/findings.ts";

const DEAD = { address: "10.0.0.99", port: 8080 } as const;

const small = (): Machine => {
  const box = machine();
  range(box, "tcp", 60_000, 1000);
  return box;
};

/** Nobody answers these calls. */
const calls = (box: Machine, by: Process, count: number): void => {
  hangs(connects(box, by, count, { to: DEAD, how: "connect" }));
};

describe("connections without an answer", () => {
  const ID = "retry-storm";

  const storm = (count: number): Machine => {
    const box = small();
    calls(box, process(box, "poller.exe", 3100), count);
    return box;
  };

  test.each([
    [127, null],
    [128, "Warning"],
    [499, "Warning"],
    [500, "Critical"],
  ] as const)("%i of 1,000 ports", (count, severity) => {
    expect(withId(findingsOf(storm(count)), ID)[0]?.severity ?? null).toBe(severity);
  });

  test("are told with their peers and the one that calls", () => {
    const box = storm(200);
    connects(box, process(box, "browser.exe", 6016), 50);
    hangs(
      connects(box, process(box, "agent.exe", 3200), 20, { family: "ipv6", to: { address: "2001:db8::1", port: 443 } }),
    );
    expect(onlyFinding(findingsOf(box), ID)).toMatchObject({
      summary: "220 TCP connections wait for the first answer of their peer (SYN_SENT), to 2 endpoints.",
      evidence: [
        "They call 10.0.0.99:8080 (200), [2001:db8::1]:443 (20).",
        "Most of them are poller.exe's (3100).",
        "Each takes a port until Windows gives up: 22 % of the pool now.",
      ],
      processId: 3100,
    });
  });

  test("are nobody's in particular where two call as often", () => {
    const box = storm(150);
    calls(box, process(box, "agent.exe", 3200), 150);
    expect(onlyFinding(findingsOf(box), ID)).toMatchObject({ processId: null });
  });

  test("are not those of a PID that somebody else has now", () => {
    const box = small();
    const parent = process(box, "poller.exe", 3100);
    calls(box, parent, 200);
    const child = process(box, "worker.exe", 3104, { parent });
    inherits(box, child, parent);
    exits(box, parent);
    process(box, "notepad.exe", 3100);
    expect(onlyFinding(findingsOf(box), ID)).toMatchObject({ processId: null });
  });

  test("are not those that are answered", () => {
    const box = small();
    connects(box, process(box, "poller.exe", 3100), 600, { to: DEAD });
    expect(withId(findingsOf(box), ID)).toEqual([]);
  });

  test("are not known where no TCP table was read", () => {
    const capture = captureWithout(storm(200), ["tcp-ipv4", "tcp-ipv6"]);
    expect(lacksOf(captureFindingsOf(capture), ID)).toEqual([expect.stringMatching(/TCP ports in use were not read/)]);
  });
});

describe("connections that the peer does not close", () => {
  const ID = "closing-connections";

  const closing = (count: number, ports = 1000): Machine => {
    const box = machine();
    range(box, "tcp", 60_000, ports);
    halfCloses(connects(box, process(box, "poller.exe", 3100), count, { to: DEAD }));
    return box;
  };

  test.each([
    [127, 1000, null],
    [128, 1000, "Warning"],
    [149, 3000, null],
    [150, 3000, "Warning"],
    [499, 1000, "Warning"],
    [500, 1000, "Critical"],
  ] as const)("%i of %i ports", (count, ports, severity) => {
    expect(withId(findingsOf(closing(count, ports)), ID)[0]?.severity ?? null).toBe(severity);
  });

  test("are told by state and peer, and are nobody's", () => {
    expect(onlyFinding(findingsOf(closing(200)), ID)).toMatchObject({
      summary: "200 of 1,000 TCP ports belong to connections that were closed here and not by the peer (20 %).",
      evidence: [
        "By state: FIN_WAIT_2 200.",
        "The peers that are to close or to confirm: 10.0.0.99:8080 (200).",
        expect.stringMatching(/to end one frees no port/),
      ],
      processId: null,
    });
  });

  test("are not those of a server's clients, which take no port", () => {
    const box = small();
    const [listener] = listens(box, process(box, "web.exe", 3300), 1, { fromPort: 60_500 });
    if (listener !== undefined) halfCloses(accepts(box, listener, 900));
    expect(withId(findingsOf(box), ID)).toEqual([]);
  });

  test("are not known where no TCP table was read", () => {
    const capture = captureWithout(closing(200), ["tcp-ipv4", "tcp-ipv6"]);
    expect(lacksOf(captureFindingsOf(capture), ID)).toEqual([expect.stringMatching(/TCP ports in use were not read/)]);
  });
});
