// A capture as it lies on disk or goes through a pipe: a zip with capture.json and the raw answers, or the same files in a
// folder (docs/capture-format.md).

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import AdmZip from "adm-zip";
import { CAPTURE_JSON, type CaptureJson } from "./capture-json.ts";

export type Capture = { readonly json: CaptureJson; readonly entries: ReadonlyMap<string, Uint8Array> };

export const jsonBytes = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));

/** All files with their names; capture.json first, as the collector writes it. */
export const filesOf = ({ json, entries }: Capture): ReadonlyMap<string, Uint8Array> =>
  new Map([[CAPTURE_JSON, jsonBytes(json)], ...entries]);

/** The same moment in each zip, so that the same capture gives the same bytes. */
const WRITTEN = new Date(2026, 2, 2, 9, 0, 0);

export const zipFiles = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const zip = new AdmZip();
  for (const [name, bytes] of files) {
    const entry = zip.addFile(name, Buffer.from(bytes));
    entry.header.time = WRITTEN;
  }
  return new Uint8Array(zip.toBuffer());
};

export const zipOf = (capture: Capture): Uint8Array => zipFiles(filesOf(capture));

/** Writes the folder form and returns the path of its capture.json. */
export const writeCaptureFolder = (capture: Capture, folder: string): string => {
  for (const [name, bytes] of filesOf(capture)) writeFileSync(join(folder, name), bytes);
  return join(folder, CAPTURE_JSON);
};
