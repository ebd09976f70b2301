/**
 * Microsoft-Windows-Kernel-Process and the kernel logger's Process class: they give PIDs names.
 * Sources: manifests of Windows 7 to 11 26H1 (jdu2600/Windows10EtwEvents), version 0 of start and stop checked on bytes;
 * the MSNT_SystemTrace Process classes as PerfView reads them (KernelTraceEventParser), versions 4 and 5 checked on bytes.
 * Fields behind the image name are not needed here and are not declared: layouts may be shorter than the payload.
 */
import type { Layout } from "../bytes/layout.ts";
import type { EventLayout, Provider } from "./provider.ts";

const START_V0 = [
  ["ProcessID", "u32"],
  ["CreateTime", "filetime"],
  ["ParentProcessID", "u32"],
  ["SessionID", "u32"],
  ["ImageName", "wstr"],
] as const satisfies Layout;
const START_V1 = [
  ["ProcessID", "u32"],
  ["CreateTime", "filetime"],
  ["ParentProcessID", "u32"],
  ["SessionID", "u32"],
  ["Flags", "u32"],
  ["ImageName", "wstr"],
] as const satisfies Layout;
const START_V3 = [
  ["ProcessID", "u32"],
  ["ProcessSequenceNumber", "u64"],
  ["CreateTime", "filetime"],
  ["ParentProcessID", "u32"],
  ["ParentProcessSequenceNumber", "u64"],
  ["SessionID", "u32"],
  ["Flags", "u32"],
  ["ProcessTokenElevationType", "u32"],
  ["ProcessTokenIsElevated", "u32"],
  ["MandatoryLabel", "sid"],
  ["ImageName", "wstr"],
] as const satisfies Layout;

const versions = (id: number, name: string, layouts: readonly Layout[]): readonly EventLayout[] =>
  layouts.map((fields, version) => ({ id, version, name, fields }));

export const KERNEL_PROCESS: Provider = {
  name: "Microsoft-Windows-Kernel-Process",
  guid: "22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716",
  form: "manifest",
  events: [
    ...versions(1, "ProcessStart", [START_V0, START_V1, START_V1, START_V3, START_V3, START_V3]),
    ...versions(2, "ProcessStop", [[["ProcessID", "u32"]], [["ProcessID", "u32"]], [["ProcessID", "u32"]]]),
    ...versions(15, "ProcessRundown", [START_V1, START_V3, START_V3, START_V3]),
  ],
};

const CLASSIC_V2 = [
  ["UniqueProcessKey", "ptr"],
  ["ProcessId", "u32"],
  ["ParentId", "u32"],
  ["SessionId", "u32"],
  ["ExitStatus", "i32"],
  ["UserSID", "wbemsid"],
  ["ImageFileName", "astr"],
  ["CommandLine", "wstr"],
] as const satisfies Layout;
const CLASSIC_V3 = [
  ["UniqueProcessKey", "ptr"],
  ["ProcessId", "u32"],
  ["ParentId", "u32"],
  ["SessionId", "u32"],
  ["ExitStatus", "i32"],
  ["DirectoryTableBase", "ptr"],
  ["UserSID", "wbemsid"],
  ["ImageFileName", "astr"],
  ["CommandLine", "wstr"],
] as const satisfies Layout;
const CLASSIC_V4 = [
  ["UniqueProcessKey", "ptr"],
  ["ProcessId", "u32"],
  ["ParentId", "u32"],
  ["SessionId", "u32"],
  ["ExitStatus", "i32"],
  ["DirectoryTableBase", "ptr"],
  ["Flags", "u32"],
  ["UserSID", "wbemsid"],
  ["ImageFileName", "astr"],
  ["CommandLine", "wstr"],
] as const satisfies Layout;

const CLASSIC_TYPES: Readonly<Record<number, string>> = {
  1: "ProcessStart",
  2: "ProcessEnd",
  3: "ProcessDCStart",
  4: "ProcessDCEnd",
  39: "ProcessDefunct",
};

const classicEvents = Object.entries(CLASSIC_TYPES).flatMap(([type, name]) =>
  [CLASSIC_V2, CLASSIC_V3, CLASSIC_V4, CLASSIC_V4].map(
    (fields, index): EventLayout => ({ id: Number(type), version: index + 2, name, fields }),
  ),
);

export const KERNEL_LOGGER_PROCESS: Provider = {
  name: "MSNT_SystemTrace Process",
  guid: "3d6fa8d0-fe05-11d0-9dda-00c04fd7ba7c",
  form: "classic",
  events: classicEvents,
};
