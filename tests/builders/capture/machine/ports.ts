// Which port Windows gives to who asks for any: one of the dynamic range that is neither excluded nor taken. Real stacks
// begin anywhere; here they are given in order, so that a scenario knows where the holes are.

import type { Family, Machine, Protocol } from "../machine.ts";

const isExcluded = ({ exclusions }: Machine, protocol: Protocol, port: number): boolean =>
  exclusions.some((each) => each.protocol === protocol && each.startPort <= port && port <= each.endPort);

/** Null where none is left. */
export const freePort = (box: Machine, protocol: Protocol, family: Family): number | null => {
  const { start, ports } = box.ranges[`${protocol}-${family}`];
  const taken = box.taken[protocol];
  for (let port = start; port < start + ports; port += 1) {
    if (!taken.has(port) && !isExcluded(box, protocol, port)) return port;
  }
  return null;
};

/** `count` ports at once: asking for one after the other would go over the taken ones each time. */
export const takePorts = (box: Machine, protocol: Protocol, family: Family, count: number): readonly number[] => {
  const { start, ports } = box.ranges[`${protocol}-${family}`];
  const given: number[] = [];
  for (let port = start; port < start + ports && given.length < count; port += 1) {
    if (!box.taken[protocol].has(port) && !isExcluded(box, protocol, port)) given.push(port);
  }
  if (given.length < count) throw new RangeError(`only ${given.length} of ${count} ${protocol} ports are left`);
  for (const port of given) box.taken[protocol].add(port);
  return given;
};
