/** capture.json: text -> checked object. Its schema is engine/contract/capture.schema.json. */
import { EngineError } from "../etl/errors.ts";
import { validateInput } from "../generated/capture-validator.mjs";
import type { Capture } from "../generated/records.ts";
import { withShortTexts } from "./capture-texts.ts";

/** Versions of the schema that this engine reads. */
const CAPTURE_CONTRACT = 1;
const FORMAT = "portexhaustion-capture";

const ADVICE_AGAIN = "Make the capture again with New-PortSnapshot of this version of PortExhaustion.";

const invalid = (path: string, what: string): EngineError =>
  new EngineError("capture-invalid", `${path} is no capture: ${what}.`, ADVICE_AGAIN, path);

const parse = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(path, `its capture.json is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
};

/** What tells a capture.json from other JSON, and its version. */
interface Outline {
  readonly format?: unknown;
  readonly contract?: unknown;
}

const isObject = (value: unknown): value is Outline => typeof value === "object" && value !== null;

const checkVersion = ({ contract }: Outline, path: string): void => {
  if (contract === CAPTURE_CONTRACT || typeof contract !== "number") return;
  throw new EngineError(
    "capture-version",
    `${path} was written for version ${contract} of captures; this engine reads version ${CAPTURE_CONTRACT}.`,
    contract > CAPTURE_CONTRACT ? "Read it with a newer version of PortExhaustion." : ADVICE_AGAIN,
    path,
  );
};

const isCapture = (value: unknown): value is Capture => validateInput(value).length === 0;

const repeatedIn = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index);

/** Coverage tells artifacts apart by their names; and a small file that many of them share would be read many times. */
const checkDistinct = ({ artifacts }: Capture, path: string): void => {
  const name = repeatedIn(artifacts.map((artifact) => artifact.name));
  if (name !== undefined) throw invalid(path, `two of its artifacts are called ${name}`);
  const entry = repeatedIn(artifacts.flatMap((artifact) => (artifact.entry === null ? [] : [artifact.entry])));
  if (entry !== undefined) throw invalid(path, `two of its artifacts share the file ${entry}`);
};

/** Errors: capture-invalid, capture-version. */
export const readManifest = (text: string, path: string): Capture => {
  const value = parse(text, path);
  if (!isObject(value) || value.format !== FORMAT) throw invalid(path, `its capture.json does not say "${FORMAT}"`);
  checkVersion(value, path);
  if (!isCapture(value)) throw invalid(path, `its capture.json breaks the schema: ${validateInput(value).join("; ")}`);
  checkDistinct(value, path);
  return withShortTexts(value);
};

/** Whether a file that is no zip is a capture.json, by its beginning. */
export const looksLikeManifest = (text: string): boolean =>
  /^\s*\{/.test(text) && text.slice(0, 4096).includes(`"${FORMAT}"`);
