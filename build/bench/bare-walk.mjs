// Knows: the least that walking a trace can cost: the header of every record, two words of its GUID compared, nothing
// else. Buffers of 512 KB, as make-trace.mjs writes them.

import { closeSync, openSync, readSync } from "node:fs";

const BUFFER_SIZE = 0x80000;
const BUFFERS_A_READ = 8;
const bytes = Buffer.alloc(BUFFER_SIZE * BUFFERS_A_READ);
const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const AFD_0 = 0xe53c6823 | 0;
const AFD_1 = 0x44bb7bb8;

const walk = (start) => {
  const end = start + words[(start + 0x30) >> 2];
  let matches = 0;
  for (let at = start + 0x48; at < end; ) {
    const word = at >> 2;
    const first = words[word];
    if (words[word + 6] === AFD_0 && words[word + 7] === AFD_1) matches += 1;
    // The log header's record has its size in the second half of the second word.
    const size = first >>> 16 === 0xc013 ? first & 0xffff : words[word + 1] & 0xffff;
    at += (size + 7) & ~7;
  }
  return matches;
};

const file = openSync(process.argv[2], "r");
let matches = 0;
let position = 0;
for (let length = -1; length !== 0; position += length) {
  length = readSync(file, bytes, 0, bytes.length, position);
  for (let start = 0; start < length; start += BUFFER_SIZE) matches += walk(start);
}
closeSync(file);
process.stdout.write(`${matches}\n`);
