/**
 * GUIDs under which Windows hands kernel records (SYSTEM, COMPACT and PERFINFO headers) to consumers, by the group byte of
 * the header. Sources: the MSNT_SystemTrace classes of the Windows SDK; group numbers as System Informer lists them.
 */
import { type GuidWords, parseGuid } from "../bytes/guid.ts";

export const KERNEL_GROUP_HEADER = 0;

const KNOWN: Readonly<Record<number, string>> = {
  [KERNEL_GROUP_HEADER]: "68fdd900-4a3e-11d1-84f4-0000f80464e3",
  1: "3d6fa8d4-fe05-11d0-9dda-00c04fd7ba7c",
  2: "3d6fa8d3-fe05-11d0-9dda-00c04fd7ba7c",
  3: "3d6fa8d0-fe05-11d0-9dda-00c04fd7ba7c",
  4: "90cbdc39-4a3e-11d1-84f4-0000f80464e3",
  5: "3d6fa8d1-fe05-11d0-9dda-00c04fd7ba7c",
  6: "9a280ac0-c8e0-11d1-84e2-00c04fb998a2",
  8: "bf3a50c5-a9c9-4988-a005-2df0b7c80f80",
  9: "ae53722e-c863-11d2-8659-00c04fa321a1",
  11: "01853a65-418f-4f36-aefc-dc0f1d2fd235",
  15: "ce1dbfb4-137e-4da6-87b0-3f59aa102cbc",
  20: "2cb15d1d-5fc1-11d2-abe1-00a0c911f518",
  24: "def2fe46-7bd6-4b80-bd94-f57fe20d0ce3",
};

/** A group without a known GUID gets one that is all zeros but for the group in its last byte. */
const guidText = (group: number): string =>
  KNOWN[group] ?? `00000000-0000-0000-0000-0000000000${group.toString(16).padStart(2, "0")}`;

export const KERNEL_GROUP_GUIDS: readonly GuidWords[] = Array.from({ length: 256 }, (_, group) =>
  parseGuid(guidText(group)),
);
