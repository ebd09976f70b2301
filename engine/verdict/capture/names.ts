/** How pools and processes are called in sentences. */

import type { Snapshot } from "../../artifacts/snapshot.ts";
import { KERNEL_PID } from "../../model/process.ts";
import { type Family, PORT_BY_NAME, type Transport } from "../../model/socket-row.ts";
import { processText } from "../phrases.ts";

const FAMILY_TEXT: Readonly<Record<Family, string>> = { ipv4: "IPv4", ipv6: "IPv6" };

export const poolName = (protocol: Transport, family: Family | null): string =>
  family === null ? protocol.toUpperCase() : `${protocol.toUpperCase()} ${FAMILY_TEXT[family]}`;

/** The list of processes may not have the kernel. */
export const processNameOf = ({ processes }: Snapshot, processId: number): string | null =>
  processes.get(processId)?.name ?? (processId === KERNEL_PID ? "System" : null);

export const servicesOf = ({ processes }: Snapshot, processId: number): readonly string[] =>
  processes.get(processId)?.services ?? [];

/** A host of services has some dozens; thousands in each row of several lists would be more than a line of output may be. */
const MAX_LISTED = 100;

/** For lists beside the verdict, which has all of its culprit. */
export const listedServices = (snapshot: Snapshot, processId: number): string[] =>
  servicesOf(snapshot, processId).slice(0, MAX_LISTED);

export const whoIs = (snapshot: Snapshot, processId: number): string =>
  processText({ processId, name: processNameOf(snapshot, processId) });

/** Address and port as they are typed; a port that its source tells by a name only is left out. */
export const endpointText = (address: string, port: number): string => {
  const host = address.includes(":") ? `[${address}]` : address;
  return port === PORT_BY_NAME ? host : `${host}:${port}`;
};
