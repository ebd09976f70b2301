// Ports by remote endpoint: what belongs to one, which of them never leave the machine, and whose they are.

import { expect, test } from "@jest/globals";
import type { Claim } from "../../../engine/pools/claims.ts";
import { destinationsOf } from "../../../engine/pools/destinations.ts";
import type { Ownership } from "../../../engine/pools/holders.ts";
import { PORT_CLASSES, type PortClass } from "../../../engine/pools/port-class.ts";

const claim = (port: number, remote: string | null, portClass: PortClass = "connected", processId = 100): Claim => ({
  protocol: "tcp",
  family: "ipv4",
  isWildcardIpv6: false,
  port,
  portClass: PORT_CLASSES.indexOf(portClass),
  processId: portClass === "timeWait" ? 0 : processId,
  created: null,
  isPortExplicit: false,
  remote,
});

const opener = ({ processId }: Claim): Ownership => ({
  processId,
  creator: "running",
  holder: processId === 300 ? 301 : null,
  sharers: [],
  isConfirmed: false,
});

const WEB = "10.0.0.80 443";
const OWN = new Set(["192.168.7.20", "0.0.0.0"]);

const destinations = (...claims: readonly Claim[]) => destinationsOf(claims, opener, OWN);

test("an endpoint has each of its local ports once, in whatever states the port is told", () => {
  const [web] = destinations(claim(50_000, WEB), claim(50_000, WEB, "closeWait"), claim(50_001, WEB, "timeWait"));
  expect(web).toMatchObject({ address: "10.0.0.80", port: 443, ports: 2, timeWait: 1, isLocal: false });
});

test("a port that is open again to the endpoint is not in TIME_WAIT", () => {
  const [web] = destinations(claim(50_000, WEB, "timeWait"), claim(50_000, WEB));
  expect(web).toMatchObject({ ports: 1, timeWait: 0 });
});

test("what has no peer belongs to no endpoint", () => {
  expect(destinations(claim(50_000, null, "bound"))).toEqual([]);
});

test.each([
  ["127.0.0.1 1433", true],
  ["127.8.0.1 1433", true],
  ["::1 1433", true],
  ["::ffff:127.0.0.1 1433", true],
  ["192.168.7.20 1433", true],
  ["128.0.0.1 1433", false],
  ["2001:db8::1 1433", false],
])("%s is of this machine: %s", (remote, isLocal) => {
  expect(destinations(claim(50_000, remote))[0]?.isLocal).toBe(isLocal);
});

test("the largest endpoint comes first, its processes by their ports, and an heir for the one that opened them", () => {
  const [first, second] = destinations(
    claim(50_000, "10.0.0.1 80"),
    claim(50_001, WEB, "connected", 200),
    claim(50_002, WEB, "connected", 300),
    claim(50_003, WEB, "connected", 300),
  );
  expect(first).toMatchObject({
    ports: 3,
    processes: [
      { processId: 301, ports: 2 },
      { processId: 200, ports: 1 },
    ],
  });
  expect(second?.ports).toBe(1);
});
