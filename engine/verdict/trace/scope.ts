/** What the trace, or the part asked for, shows of the pool in question. TCP and UDP have pools of their own. */
import type { TraceFacts } from "../../trackers/analysis.ts";
import type { Holding } from "../../trackers/holdings.ts";
import type { Reading } from "./evidence.ts";

export interface FailedTransports {
  readonly tcp: boolean;
  readonly udp: boolean;
}

/** Transports whose calls found no port; both where no witness says which. */
export const failedTransports = ({ failures }: TraceFacts): FailedTransports => {
  const protocols = new Set(failures.groups.filter(({ isExhaustion }) => isExhaustion).map(({ protocol }) => protocol));
  const isUnknown = protocols.has("unknown") || protocols.size === 0;
  return { tcp: isUnknown || protocols.has("tcp"), udp: isUnknown || protocols.has("udp") };
};

/** Bind and connect calls that found no port, as `exhaustion.failures` counts them; by TCPIP where AFD completed none. */
export const failedCalls = ({ failures }: TraceFacts): number => (failures.byAfd ?? failures.byTcpipOnly)?.count ?? 0;

/** Ports of those transports that a process held while calls failed, older ones too, without those it had asked for by number. */
export const portsHeld =
  ({ tcp, udp }: FailedTransports) =>
  ({ meanAny, before }: Holding): number =>
    (tcp ? meanAny.tcp + before.tcp : 0) + (udp ? meanAny.udp + before.udp : 0);

export const whereOpened = ({ isWindowed }: Reading): string =>
  isWindowed ? "in the part of the trace asked for" : "in the trace";
