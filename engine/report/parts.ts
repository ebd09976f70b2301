/** Parts that several records of the contract share. */
import type { Failure, FailureRow } from "../generated/records.ts";
import { canonical, type TrackedProcess } from "../model/process.ts";

export const ownerOf = (process: TrackedProcess | null): Pick<FailureRow, "processId" | "processName"> => {
  const owner = process === null ? null : canonical(process);
  return { processId: owner?.processId ?? null, processName: owner?.name ?? null };
};

interface Seen {
  readonly hasAfd: boolean;
  readonly hasTcpip: boolean;
}

export const witnessesOf = ({ hasAfd, hasTcpip }: Seen): Failure["witnesses"] => [
  ...(hasAfd ? (["afd"] as const) : []),
  ...(hasTcpip ? (["tcpip"] as const) : []),
];
