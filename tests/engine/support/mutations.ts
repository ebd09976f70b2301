// Damage by chance, the same for the same seed: what bad disks, bad copies and bad people do to a file.

import { concatenate } from "../../builders/byte-sink.ts";
import { below, type Random } from "../../builders/random.ts";

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const flipBits: Mutation = (bytes, random) => {
  const flipped = bytes.slice();
  for (let count = 1 + below(random, 30); count > 0; count -= 1) {
    const at = below(random, bytes.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << below(random, 8));
  }
  return flipped;
};

const fillRange =
  (byteOf: (random: Random) => number): Mutation =>
  (bytes, random) => {
    const start = below(random, bytes.length);
    return bytes.slice().fill(byteOf(random), start, start + below(random, 3000));
  };

const cut: Mutation = (bytes, random) => bytes.slice(0, below(random, bytes.length));

const withoutRange: Mutation = (bytes, random) => {
  const start = below(random, bytes.length);
  return concatenate([bytes.subarray(0, start), bytes.subarray(start + 1 + below(random, 5000))]);
};

const duplicateRange: Mutation = (bytes, random) => {
  const start = below(random, bytes.length);
  const end = Math.min(bytes.length, start + 1 + below(random, 9000));
  return concatenate([bytes.subarray(0, end), bytes.subarray(start, end), bytes.subarray(end)]);
};

const EXTREMES: readonly number[] = [
  0, 1, 7, 8, 0x47, 0x48, 0x4f, 0x50, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
];

/** Lengths lie at multiples of 4: some of them get a value that a careless reader trips over. */
const setLengths: Mutation = (bytes, random) => {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  for (let count = 1 + below(random, 8); count > 0; count -= 1) {
    const at = 4 * below(random, Math.floor((changed.length - 3) / 4));
    const value = EXTREMES[below(random, EXTREMES.length)] ?? 0;
    if (random() < 0.5) view.setUint16(at, value & 0xffff, true);
    else view.setUint32(at, value, true);
  }
  return changed;
};

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "flipped bits": flipBits,
  "a range of zeros": fillRange(() => 0),
  "a range of one byte": fillRange((random) => below(random, 256)),
  "a missing end": cut,
  "a missing range": withoutRange,
  "a range twice": duplicateRange,
  "lengths that make no sense": setLengths,
};
