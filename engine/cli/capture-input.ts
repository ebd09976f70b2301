/**
 * Files on the command line -> one capture at most, and loose evidence. A capture is a zip with capture.json, or capture.json
 * with its files beside it; a zip without one is a bundle of loose files.
 */
import path from "node:path";
import { looksLikeManifest, readManifest } from "../artifacts/capture-manifest.ts";
import type { CaptureSource, Entry } from "../artifacts/capture-artifacts.ts";
import type { LooseFile } from "../artifacts/loose.ts";
import { EngineError } from "../etl/errors.ts";
import type { Capture } from "../generated/records.ts";
import { isZip, readZip, type ZipFiles } from "./capture-zip.ts";
import { readBytes, readInput, readStandardInput } from "./input-file.ts";

/** A file that could not be read while others could. */
export interface FailedFile {
  readonly name: string;
  readonly message: string;
}

export interface CaptureInput {
  readonly capture: CaptureSource | null;
  readonly loose: readonly LooseFile[];
  readonly failed: readonly FailedFile[];
}

const STANDARD_INPUT = "-";
const MANIFEST = "capture.json";

/** A handle list of a million handles in UTF-16 has about 200 MB; V8's strings end at 512 million characters. */
const MAX_TEXT_BYTES = 256 << 20;
/** A capture.json of ten thousand processes has about 5 MB. */
const MAX_MANIFEST_BYTES = 64 << 20;

const checkLength = (bytes: number, limit: number, what: string): void => {
  if (bytes <= limit) return;
  throw new EngineError(
    "capture-too-large",
    `${what} has ${bytes} bytes; at most ${limit} are read.`,
    "No capture and no text of ports is as large: check what this file is.",
    what,
  );
};

const folderOf = (manifest: string): string => manifest.slice(0, -MANIFEST.length);

const utf8 = (bytes: Uint8Array): string => new TextDecoder("utf-8").decode(bytes);

const baseName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

type EngineResult<T> = { readonly value: T } | { readonly error: EngineError };

const attempt = <T>(action: () => T): EngineResult<T> => {
  try {
    return { value: action() };
  } catch (error) {
    if (error instanceof EngineError) return { error };
    throw error;
  }
};

/** One damaged or missing file of a capture costs that artifact, not the capture. */
const entryOf = (name: string, read: () => Uint8Array | null): Entry => {
  const result = attempt(read);
  if ("error" in result) return { problem: result.error.message };
  return result.value === null ? { problem: `The capture has no file ${name}.` } : { bytes: result.value };
};

/** Somebody may have zipped the folder and not the files in it. */
const manifestsIn = ({ names }: ZipFiles): readonly string[] => names.filter((name) => baseName(name) === MANIFEST);

const manifestText = (bytes: Uint8Array, file: string): string => {
  checkLength(bytes.byteLength, MAX_MANIFEST_BYTES, file);
  return utf8(bytes);
};

const zippedCapture = (zip: ZipFiles, manifest: string, file: string): CaptureSource => {
  const folder = folderOf(manifest);
  return {
    manifest: readManifest(manifestText(zip.read(manifest) ?? new Uint8Array(), file), file),
    entry: (name) => entryOf(name, () => zip.read(folder + name)),
  };
};

/** What macOS adds to a zip of its own accord. */
const isResourceFork = (name: string): boolean => name.startsWith("__MACOSX/") || baseName(name) === ".DS_Store";

/** Files of a zip that no capture in it names. */
const looseIn = (zip: ZipFiles, known: ReadonlySet<string>): Omit<Input, "captures"> => {
  const results = zip.names
    .filter((name) => !known.has(name) && !isResourceFork(name))
    .map((name) => ({ name: baseName(name), result: attempt(() => zip.read(name) ?? new Uint8Array()) }));
  return {
    loose: results.flatMap(({ name, result }) => ("value" in result ? [{ name, bytes: result.value }] : [])),
    failed: results.flatMap(({ name, result }) => ("error" in result ? [{ name, message: result.error.message }] : [])),
  };
};

const folderCapture = (text: string, file: string): CaptureSource => ({
  manifest: readManifest(text, file),
  entry: (name) => entryOf(name, () => readBytes(path.join(path.dirname(file), name))),
});

interface Input {
  readonly captures: readonly CaptureSource[];
  readonly loose: readonly LooseFile[];
  readonly failed: readonly FailedFile[];
}

const entriesOf = ({ artifacts }: Capture, folder: string): readonly string[] =>
  artifacts.flatMap(({ entry }) => (entry === null ? [] : [folder + entry]));

const unzipped = (bytes: Uint8Array, file: string): Input => {
  const zip = readZip(bytes, file);
  const manifests = manifestsIn(zip);
  const captures = manifests.map((name) => zippedCapture(zip, name, file));
  const named = captures.flatMap(({ manifest }, index) => entriesOf(manifest, folderOf(manifests[index] ?? "")));
  if (captures.length === 0) checkLength(zip.bytes, MAX_TEXT_BYTES, file);
  return { captures, ...looseIn(zip, new Set([...manifests, ...named])) };
};

const HEAD_BYTES = 4096;

const inputOf = (file: string): Input => {
  const isStream = file === STANDARD_INPUT;
  const bytes = isStream ? readStandardInput() : readInput(file);
  const name = isStream ? "standard input" : file;
  if (isZip(bytes)) return unzipped(bytes, name);
  if (looksLikeManifest(utf8(bytes.subarray(0, HEAD_BYTES))))
    return { captures: [folderCapture(manifestText(bytes, name), name)], loose: [], failed: [] };
  checkLength(bytes.byteLength, MAX_TEXT_BYTES, name);
  return { captures: [], loose: [{ name: baseName(name), bytes }], failed: [] };
};

const onlyCapture = (captures: readonly CaptureSource[]): CaptureSource | null => {
  if (captures.length > 1)
    throw new EngineError(
      "captures-mixed",
      `${captures.length} captures were given at once; a verdict is about one machine at one moment.`,
      "Give one capture at a time.",
      null,
    );
  return captures[0] ?? null;
};

/**
 * Errors of a single file are thrown; of several, those that can be read are used, and the others are told.
 * Errors: those of readInput, readZip, readManifest; captures-mixed.
 */
export const readCaptureInput = (files: readonly string[]): CaptureInput => {
  const results = files.map((file) => ({ file, result: attempt(() => inputOf(file)) }));
  const inputs = results.flatMap(({ result }) => ("value" in result ? [result.value] : []));
  const failed = results.flatMap(({ file, result }) =>
    "error" in result ? [{ name: baseName(file), message: result.error.message, error: result.error }] : [],
  );
  const [first] = failed;
  if (first !== undefined && inputs.length === 0) throw first.error;
  return {
    capture: onlyCapture(inputs.flatMap(({ captures }) => captures)),
    loose: inputs.flatMap((input) => input.loose),
    failed: [...inputs.flatMap((input) => input.failed), ...failed.map(({ name, message }) => ({ name, message }))],
  };
};
