// Processes and the events that name them: Kernel-Process by manifest (start, stop, rundown), and the
// classic Process events of the kernel logger, which also carry the EPROCESS (etl-format 3.3, 3.4).

import { type Era, isAtLeast } from "../eras.ts";
import { SECOND } from "../filetime.ts";
import { type Layout, layoutOf } from "../layout-table.ts";
import { encodePayload, sidBytes } from "../payload.ts";
import { kernelObject, logManifest, type Process, present, type Story, threadOf } from "../story.ts";
import type { Bits } from "../trace-file.ts";

/** Kernel event group of processes. */
const PROCESS_GROUP = 3;
const CLASSIC_TYPE = { start: 1, end: 2, rundownAtStart: 3, rundownAtEnd: 4 } as const;

const imagePath = (name: string): string => `\\Device\\HarddiskVolume3\\Program Files\\${name}`;

export type ProcessOptions = {
  /** Kind of the records that are logged for its sockets. */
  readonly bits?: Bits;
  /** Address of a process that has gone, which the allocator may give to the next one. */
  readonly eprocess?: bigint;
};

/** How long processes that run when the trace begins have been running, in 100 ns. */
const UPTIME = BigInt(2 * 3600 * SECOND);

const create = (tale: Story, name: string, processId: number, createTime: bigint, options: ProcessOptions): Process => {
  const { bits = tale.options.bits, eprocess = kernelObject(tale) } = options;
  const known = { name, processId, eprocess, bits, createTime };
  tale.processes.push(known);
  return known;
};

/** A process that has been running; no event tells of it yet. */
export const process = (tale: Story, name: string, processId: number, options: ProcessOptions = {}): Process =>
  create(tale, name, processId, present(tale) - UPTIME, options);

/** 3 with sequence numbers from 1903 on, 4 from 24H2 on; the rundown's versions are their own. */
const startVersion = (era: Era): number => {
  if (era === "Win7") return 0;
  if (!isAtLeast(era, "1903")) return 2;
  return isAtLeast(era, "W11-24H2") ? 4 : 3;
};

const startLayout = (tale: Story): Layout => layoutOf("kernelProcess", 1, startVersion(tale.options.era));

const stopLayout = (tale: Story): Layout => layoutOf("kernelProcess", 2, isAtLeast(tale.options.era, "1903") ? 2 : 1);

const rundownLayout = (tale: Story): Layout => layoutOf("kernelProcess", 15, startVersion(tale.options.era) - 2);

const identity = (known: Process): Record<string, number | bigint | string> => ({
  ProcessID: known.processId,
  ProcessSequenceNumber: BigInt(known.processId) + 1000n,
  CreateTime: known.createTime,
  ParentProcessID: 912,
  SessionID: 1,
});

export const starts = (tale: Story, name: string, processId: number, options: ProcessOptions = {}): Process => {
  const started = create(tale, name, processId, present(tale), options);
  const parent = { ...started, processId: 912 };
  logManifest(tale, threadOf(tale, parent), startLayout(tale), { ...identity(started), ImageName: imagePath(name) });
  return started;
};

/** Stop carries the image's name cut to 15 characters, without its path. */
export const ends = (tale: Story, ended: Process): void => {
  const values = { ...identity(ended), ExitTime: present(tale), ExitCode: 0, ImageName: ended.name.slice(0, 15) };
  logManifest(tale, threadOf(tale, ended), stopLayout(tale), values);
  tale.processes.splice(tale.processes.indexOf(ended), 1);
};

/** Kernel-Process 15, one for each process that runs; Windows 7 has no such event. */
export const rundown = (tale: Story): void => {
  if (tale.options.era === "Win7") return;
  for (const known of tale.processes) {
    const values = { ...identity(known), ImageName: imagePath(known.name) };
    logManifest(tale, threadOf(tale, known), rundownLayout(tale), values);
  }
};

/** The kernel logger's own rundown. It writes PERFINFO records, which carry no thread. */
export const classicRundown = (tale: Story, when: "rundownAtStart" | "rundownAtEnd", version = 4): void => {
  for (const known of tale.processes) logClassic(tale, known, CLASSIC_TYPE[when], version);
};

/** The same start and end as the kernel logger tells them: with the EPROCESS, and with no times. */
export const startsClassic = (tale: Story, name: string, processId: number, options: ProcessOptions = {}): Process => {
  const started = create(tale, name, processId, present(tale), options);
  logClassic(tale, started, CLASSIC_TYPE.start, 4);
  return started;
};

export const endsClassic = (tale: Story, ended: Process): void => {
  logClassic(tale, ended, CLASSIC_TYPE.end, 4);
  tale.processes.splice(tale.processes.indexOf(ended), 1);
};

const logClassic = (tale: Story, known: Process, type: number, version: number): void => {
  const { bits } = tale.options;
  const values = {
    UniqueProcessKey: known.eprocess,
    ProcessId: known.processId,
    ParentId: 912,
    SessionId: 1,
    ExitStatus: 259,
    UserSID: sidBytes(5, 18),
    ImageFileName: known.name,
    CommandLine: `"C:\\Program Files\\${known.name}"`,
  };
  tale.now += 30;
  const payload = encodePayload(layoutOf("process", type, version), values, bits === 64 ? 8 : 4);
  const { processor } = threadOf(tale, known);
  tale.events.push({ header: "perfinfo", at: tale.now, processor, bits, group: PROCESS_GROUP, type, version, payload });
};
