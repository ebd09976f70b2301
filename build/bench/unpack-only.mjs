// Knows: the least that reading a capture can cost: each file of the zip unpacked and its checksum taken, nothing else.
// Walks the local headers (APPNOTE.TXT 4.3.7), whose sizes the benchmark's writer fills in.

import { readFileSync } from "node:fs";
import { crc32, inflateRawSync } from "node:zlib";

const LOCAL_HEADER = 0x04034b50;

const zip = readFileSync(process.argv[2]);
let bytes = 0;
let at = 0;
while (zip.readUInt32LE(at) === LOCAL_HEADER) {
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const end = start + zip.readUInt32LE(at + 18);
  const content = inflateRawSync(zip.subarray(start, end), { maxOutputLength: zip.readUInt32LE(at + 22) + 1 });
  if (crc32(content) !== zip.readUInt32LE(at + 14)) throw new Error(`${process.argv[2]} is damaged at ${at}`);
  bytes += content.length;
  at = end;
}
process.stdout.write(`${bytes}\n`);
