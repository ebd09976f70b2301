/**
 * A zip as a set of files. Everything in it is untrusted: names are only compared, sizes are bounded before anything is
 * unpacked, and what comes out must have the size and the CRC that the zip declares. adm-zip finds the files; it unpacks them
 * too, but computes the CRC in JavaScript, which for a large capture takes longer than everything else.
 */
import { crc32, inflateRawSync } from "node:zlib";
import AdmZip from "adm-zip";
import { EngineError } from "../etl/errors.ts";
import { MAX_INPUT_BYTES } from "./input-file.ts";

const MAX_ENTRIES = 1000;

export interface ZipFiles {
  readonly names: readonly string[];
  /** Of all files together, as the zip declares; what unpacks to more is damaged. */
  readonly bytes: number;
  /** Null where the zip has no such file; throws EngineError capture-damaged where it cannot be unpacked. */
  readonly read: (name: string) => Uint8Array | null;
}

const ADVICE = "Copy it again from where it was made, or make it again with New-PortSnapshot.";

const damaged = (path: string, why: string): EngineError =>
  new EngineError("capture-damaged", `${path} is a damaged zip: ${why}.`, ADVICE, path);

const isOverflow = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";

const messageOf = (error: unknown): string => {
  if (isOverflow(error)) return "it unpacks to more bytes than it declares";
  return textOf(error);
};

const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^ADM-ZIP: /, "").replace(/\.$/, "");

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);

const checkSizes = (entries: readonly AdmZip.IZipEntry[], bytes: number, path: string): void => {
  if (entries.length <= MAX_ENTRIES && bytes <= MAX_INPUT_BYTES) return;
  throw new EngineError(
    "capture-too-large",
    `${path} holds ${entries.length} files with ${bytes} bytes; at most ${MAX_ENTRIES} files with ${MAX_INPUT_BYTES} bytes are read.`,
    "A capture is much smaller: check what this zip is.",
    path,
  );
};

const openZip = (bytes: Uint8Array, path: string): readonly AdmZip.IZipEntry[] => {
  try {
    return new AdmZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).getEntries();
  } catch (error) {
    throw damaged(path, messageOf(error));
  }
};

/** Compression methods of a zip (APPNOTE.TXT 4.4.5). */
const STORED = 0;
const DEFLATED = 8;
const FLAG_ENCRYPTED = 1;

/** Deflate makes no byte into more than these (zlib's technical notes: 1032 to 1). */
const MAX_DEFLATE_RATIO = 1040;
const MIN_CHUNK_BYTES = 1024;

/** In one piece, one byte larger than what comes out: chunks would be copied together, and a full one asks for another. */
const inflate = (packed: Buffer, size: number): Uint8Array =>
  inflateRawSync(packed, {
    // A limit of 0 would be none, and an entry that says it is empty could unpack to anything.
    maxOutputLength: Math.max(size, 1),
    chunkSize: Math.max(Math.min(size, packed.length * MAX_DEFLATE_RATIO) + 1, MIN_CHUNK_BYTES),
  });

/** Null for methods that no capture is packed with. */
const withoutPacking = (packed: Buffer, method: number, size: number): Uint8Array | null => {
  if (method === STORED) return packed;
  return method === DEFLATED ? inflate(packed, size) : null;
};

const unpacked = (entry: AdmZip.IZipEntry): Uint8Array => {
  const { method, size, crc, flags } = entry.header;
  if (flags & FLAG_ENCRYPTED) throw new Error("it is encrypted");
  const bytes = withoutPacking(entry.getCompressedData(), method, size);
  if (bytes === null) throw new Error(`it is packed in an unusual way (method ${method})`);
  if (bytes.length !== size) throw new Error(`it has ${bytes.length} bytes instead of ${size}`);
  if (crc32(bytes) !== crc) throw new Error("its checksum is wrong");
  return bytes;
};

/** Errors: capture-damaged, capture-too-large. */
export const readZip = (zip: Uint8Array, path: string): ZipFiles => {
  const files = openZip(zip, path).filter(({ isDirectory }) => !isDirectory);
  const bytes = files.reduce((sum, { header }) => sum + header.size, 0);
  checkSizes(files, bytes, path);
  const byName = new Map(files.map((entry) => [entry.entryName.replaceAll("\\", "/"), entry]));
  if (byName.size < files.length) throw damaged(path, "two of its files have one name");
  return {
    names: [...byName.keys()],
    bytes,
    read: (name) => {
      const entry = byName.get(name);
      if (entry === undefined) return null;
      try {
        return unpacked(entry);
      } catch (error) {
        throw damaged(path, `${name}: ${messageOf(error)}`);
      }
    },
  };
};
