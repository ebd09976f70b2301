/** NTSTATUS codes that binds, connects and listens end in. Names and meanings: engine/model/ntstatus.ts. */
import { formatStatus, STATUS, statusMeaning, statusName } from "../model/ntstatus.ts";
import { entry, type Entry, type Exhaustion, statusNumbers } from "./entry.ts";
import { RUN } from "./next.ts";
import { SOURCE } from "./sources.ts";

interface Told {
  readonly exhaustion: Exhaustion;
  readonly when: string;
  readonly next: readonly string[];
  readonly sources: readonly string[];
}

const statusEntry = (status: number, told: Told): Entry =>
  entry(formatStatus(status), "NTSTATUS", {
    names: [statusName(status)],
    numbers: statusNumbers(status),
    meaning: `As the end of a bind, connect or listen: ${statusMeaning(status)}`,
    ...told,
  });

const TOO_MANY_ADDRESSES: Told = {
  exhaustion: "Yes",
  when: "Wherever it ended a bind or a connect: a local port was wanted and none could be given. It does not say which pool it was (TCP or UDP, IPv4 or IPv6), nor who holds the ports.",
  next: [RUN.test, RUN.owners, RUN.snapshot, RUN.trace, RUN.tcpRange, RUN.udpRange],
  sources: [SOURCE.ntstatus, SOURCE.portExhaustion, SOURCE.networkDirect],
};

const ALREADY_EXISTS: Told = {
  exhaustion: "Maybe",
  when: "At a bind another socket has the very port that was asked for: not exhaustion. At a connect the same pair of local and remote endpoint exists or is in TIME_WAIT: ports for that server ran out, while the pool may be far from full.",
  next: [RUN.test, RUN.portEvents, RUN.timeWait, RUN.listeners],
  sources: [SOURCE.ntstatus, SOURCE.networkDirect, SOURCE.connect],
};

const SHARING: Told = {
  exhaustion: "No",
  when: "At a bind the very port that was asked for is in use. Most often this status is about a file that another program has open.",
  next: [RUN.listeners],
  sources: [SOURCE.ntstatus],
};

const DENIED: Told = {
  exhaustion: "No",
  when: "At a bind the port that was asked for lies in an excluded range, or another program has it for itself alone. Most often this status is about files and rights, not about ports.",
  next: [RUN.reservations, RUN.excluded],
  sources: [SOURCE.ntstatus, SOURCE.excludedRange],
};

const MEMORY: Told = {
  exhaustion: "No",
  when: "Winsock makes the same 10055 of it as of a lack of ports: this status is what tells them apart. Look at memory.",
  next: [RUN.nonpagedPool, RUN.test],
  sources: [SOURCE.ntstatus, SOURCE.nodeStatus],
};

const ELSEWHERE: Told = {
  exhaustion: "No",
  when: "Where no port is free, the status is 0xC0000209.",
  next: [RUN.test],
  sources: [SOURCE.ntstatus],
};

/** What ended calls that had a port, or were wrong from the beginning. */
const OTHERS = [
  0xc000000d, 0xc0000141, 0xc0000207, 0xc0000236, 0xc00000b5, 0xc000020c, 0xc000020d, 0xc0000120, 0xc000023c,
  0xc000023d, 0xc0000241, 0xc0000240,
];

/** Network Monitor shows the low half of a status, as in the filter of the classic procedure (Status.Code == 0x209). */
const SHORT = entry("0x209", "NTSTATUS", {
  numbers: [{ value: STATUS.tooManyAddresses & 0xffff, by: "hex" }],
  beside: ["status"],
  meaning:
    "As the status of a bind in Network Monitor: the low half of STATUS_TOO_MANY_ADDRESSES (0xC0000209), no port was free.",
  exhaustion: "Maybe",
  when: "Only where it is such a status. Programs use so short a number for other things too: look for 0xC0000209, or whether the pool was full at that time.",
  next: [RUN.test, RUN.owners, RUN.portEvents, RUN.trace],
  sources: [SOURCE.classicProcedure, SOURCE.ntstatus],
});

export const NTSTATUS: readonly Entry[] = [
  statusEntry(STATUS.tooManyAddresses, TOO_MANY_ADDRESSES),
  SHORT,
  statusEntry(STATUS.addressAlreadyExists, ALREADY_EXISTS),
  statusEntry(STATUS.sharingViolation, SHARING),
  statusEntry(STATUS.accessDenied, DENIED),
  statusEntry(0xc000009a, MEMORY),
  statusEntry(0xc0000017, MEMORY),
  ...OTHERS.map((status) => statusEntry(status, ELSEWHERE)),
];
