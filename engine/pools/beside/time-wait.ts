/**
 * Whose connections were those in TIME_WAIT: Windows names no process any more, but the row names the peer. Where only one
 * process of the trace asked for connections to it, they are taken for that one's; it is an inference.
 */
import { AF_INET, AF_INET6, formatEndpoint } from "../../bytes/sockaddr.ts";
import type { TrackedProcess } from "../../model/process.ts";
import type { TraceFacts } from "../../trackers/analysis.ts";
import type { BesideCapture } from "./beside.ts";

export interface TimeWaitOwners {
  /** Distinct local ports of all rows, with or without an owner. */
  readonly ports: number;
  readonly byProcess: ReadonlyMap<TrackedProcess, number>;
}

const endpointText = (address: string, port: number): string | null =>
  formatEndpoint({ family: address.includes(":") ? AF_INET6 : AF_INET, address, port });

export const timeWaitOwners = (
  stop: BesideCapture | null,
  { soleConnector }: Pick<TraceFacts, "soleConnector">,
): TimeWaitOwners => {
  const rows = (stop?.snapshot.sockets ?? []).filter(({ state }) => state === "timeWait");
  const ports = new Map<TrackedProcess, Set<string>>();
  for (const { family, localPort, remoteAddress, remotePort } of rows) {
    const remote = remoteAddress === null ? null : endpointText(remoteAddress, remotePort);
    const owner = remote === null ? null : soleConnector(remote);
    if (owner === null) continue;
    const own = ports.get(owner) ?? new Set();
    ports.set(owner, own.add(`${family} ${localPort}`));
  }
  return {
    ports: new Set(rows.map(({ family, localPort }) => `${family} ${localPort}`)).size,
    byProcess: new Map([...ports].map(([process, own]) => [process, own.size])),
  };
};
