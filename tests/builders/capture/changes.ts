// Captures in which one thing went otherwise than the machine's story has it: what a collector could do in part only, what was
// damaged on the way, what it found beside the story. Names are those of docs/capture-format.md.

import type { Capture } from "./capture-files.ts";
import type { Artifact, CaptureJson } from "./capture-json.ts";
import type { Inspection } from "./machine/inspection.ts";

export const withJson = ({ json, entries }: Capture, given: Partial<CaptureJson>): Capture => ({
  json: { ...json, ...given },
  entries,
});

/** A change of nothing would be a test of nothing. */
const changedOne = <T>(items: readonly T[], isWanted: (item: T) => boolean, given: Partial<T>): readonly T[] => {
  if (!items.some(isWanted)) throw new RangeError("there is nothing to change");
  return items.map((item) => (isWanted(item) ? { ...item, ...given } : item));
};

export const withArtifact = (capture: Capture, name: string, given: Partial<Artifact>): Capture =>
  withJson(capture, { artifacts: changedOne(capture.json.artifacts, (each) => each.name === name, given) });

export const withInspection = (capture: Capture, processId: number, given: Partial<Inspection>): Capture =>
  withJson(capture, {
    inspections: changedOne(capture.json.inspections, (each) => each.processId === processId, given),
  });

type Change = (bytes: Uint8Array) => Uint8Array;

export const withEntry = ({ json, entries }: Capture, entry: string, change: Change): Capture => {
  const bytes = entries.get(entry);
  if (bytes === undefined) throw new RangeError(`the capture has no ${entry}`);
  return { json, entries: new Map(entries).set(entry, change(bytes)) };
};

/** Lost on the way, and capture.json does not know. */
export const withoutEntry = ({ json, entries }: Capture, entry: string): Capture => {
  const left = new Map(entries);
  if (!left.delete(entry)) throw new RangeError(`the capture has no ${entry}`);
  return { json, entries: left };
};

type Answer = Pick<Artifact, "name" | "kind"> & Partial<Artifact>;

/** One more question than the story's, with its answer. */
export const withAnswer = ({ json, entries }: Capture, answer: Answer, bytes?: Uint8Array): Capture => {
  const entry = bytes === undefined ? null : `${answer.name}.txt`;
  const asked: Artifact = {
    status: "read",
    reason: null,
    entry,
    protocol: null,
    family: null,
    tableClass: null,
    ...answer,
  };
  return {
    json: { ...json, artifacts: [...json.artifacts, asked] },
    entries: bytes === undefined || entry === null ? entries : new Map(entries).set(entry, bytes),
  };
};
