/** Programs that hold many ports because they were made to. */
import type { Snapshot } from "../artifacts/snapshot.ts";

/**
 * The DNS Server service binds its pool of UDP sockets when it starts: 2,500 by default, 10,000 at most, of each family that it
 * uses (Microsoft, "Configure the Socket Pool"; KB956188).
 */
export const DNS_POOL = { usual: 2500, largest: 10_000 } as const;
export const DNS_FAMILIES = 2;

const DNS_SERVICE = "dns";
const DNS_IMAGE = "dns.exe";

export const isDnsServer = ({ processes }: Snapshot, processId: number): boolean => {
  const process = processes.get(processId);
  if (process === undefined) return false;
  const { name, services } = process;
  return services.some((each) => each.toLowerCase() === DNS_SERVICE) || name?.toLowerCase() === DNS_IMAGE;
};

/** As many as the largest pool can have. Sources that do not say which ports were asked for by number count them as any other. */
export const isDnsPool = (snapshot: Snapshot, processId: number, ports: number): boolean =>
  isDnsServer(snapshot, processId) && ports <= DNS_POOL.largest * DNS_FAMILIES;
