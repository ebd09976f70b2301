// A capture as it lies on disk or goes through a pipe: a zip with capture.json and the raw answers, or the same files in a
// folder (docs/capture-format.md).

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CAPTURE_JSON, type CaptureJson } from "./capture-json.ts";
import { writeZip, type ZipEntry } from "./zip-writer.ts";

export type Capture = { readonly json: CaptureJson; readonly entries: ReadonlyMap<string, Uint8Array> };

export const jsonBytes = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));

/** All files with their names; capture.json first, as the collector writes it. */
export const filesOf = ({ json, entries }: Capture): ReadonlyMap<string, Uint8Array> =>
  new Map([[CAPTURE_JSON, jsonBytes(json)], ...entries]);

export const zipEntriesOf = (capture: Capture): readonly ZipEntry[] =>
  [...filesOf(capture)].map(([name, content]) => ({ name, content }));

export const zipOf = (capture: Capture): Uint8Array => writeZip(zipEntriesOf(capture));

/** Writes the folder form and returns the path of its capture.json. */
export const writeCaptureFolder = (capture: Capture, folder: string): string => {
  for (const [name, bytes] of filesOf(capture)) writeFileSync(join(folder, name), bytes);
  return join(folder, CAPTURE_JSON);
};
