/**
 * The kinds of event met in a file: one entry per (form, GUID, id, version), found by comparing the header's words as
 * they lie there. Counts every record; knows from a `Describe` function which kinds are to be checked or delivered.
 */
import type { GuidWords } from "../bytes/guid.ts";
import type { RowPlan } from "../bytes/row-plan.ts";
import type { Form } from "./format.ts";

export interface KindIdentity {
  readonly form: Form;
  readonly guid: GuidWords;
  /** Event id; type of a classic or kernel event; message number of a WPP message. */
  readonly id: number;
  readonly version: number;
}

/** What is to be done with a kind. */
export interface Interest {
  /** Layout by pointer size; null where the kind has no known layout. */
  readonly plans: { readonly 4: RowPlan; readonly 8: RowPlan } | null;
  readonly isWanted: boolean;
  /** Delivered outside the time window too (but not counted there). */
  readonly isTimeless: boolean;
}

export type Describe = (identity: KindIdentity) => Interest;

/** checkSize: the payload's length alone decides whether it fits its layout. */
export const HANDLING = { count: 0, checkSize: 1, check: 2, deliver: 3, deliverAlways: 4 } as const;

export interface KindTable {
  /** Index of a kind; an unseen one is described and added. */
  readonly find: (g0: number, g1: number, g2: number, g3: number, key: number) => number;
  readonly identity: (kind: number) => KindIdentity;
  readonly interest: (kind: number) => Interest;
  readonly size: () => number;
  readonly counts: Float64Array;
  readonly decoded: Float64Array;
  readonly handling: Uint8Array;
  /** Smallest payload that fits the layout, at twice the kind plus one for 32-bit pointers. */
  readonly minimumSizes: Int32Array;
}

/** A file of noise could hold any number of kinds: those behind the limit that no layout
 * is known for are counted together as one that nobody knows. */
export const MAX_KINDS = 8192;
const OTHERS = MAX_KINDS - 1;
/** Behind the limit there is room for kinds with a known layout: noise must not hide what matters. */
const CAPACITY = MAX_KINDS + 1024;
const HASH_SIZE = 32768;
const HASH_MASK = HASH_SIZE - 1;

/** Identity of a record without its GUID in one word. */
export const kindKey = (form: Form, id: number, version: number): number => (form << 24) | (version << 16) | id;

const handlingOf = ({ plans, isWanted, isTimeless }: Interest): number => {
  if (isWanted) return isTimeless ? HANDLING.deliverAlways : HANDLING.deliver;
  if (plans === null) return HANDLING.count;
  return plans[8].isFixed ? HANDLING.checkSize : HANDLING.check;
};

export const createKindTable = (describe: Describe): KindTable => {
  const slots = new Int16Array(HASH_SIZE).fill(-1);
  const words = [0, 1, 2, 3].map(() => new Int32Array(CAPACITY));
  const [w0, w1, w2, w3] = words as [Int32Array, Int32Array, Int32Array, Int32Array];
  const keys = new Int32Array(CAPACITY);
  const handling = new Uint8Array(CAPACITY);
  const minimumSizes = new Int32Array(CAPACITY * 2);
  const interests: Interest[] = [];
  let size = 0;

  const identity = (kind: number): KindIdentity => {
    const key = keys[kind] as number;
    return {
      form: (key >>> 24) as Form,
      guid: [w0[kind] as number, w1[kind] as number, w2[kind] as number, w3[kind] as number],
      id: key & 0xffff,
      version: (key >>> 16) & 0xff,
    };
  };

  const isDeclared = (guid: GuidWords, key: number): boolean =>
    describe({ form: (key >>> 24) as Form, guid, id: key & 0xffff, version: (key >>> 16) & 0xff }).plans !== null;

  const append = (g0: number, g1: number, g2: number, g3: number, key: number): number => {
    const kind = size;
    size += 1;
    w0[kind] = g0;
    w1[kind] = g1;
    w2[kind] = g2;
    w3[kind] = g3;
    keys[kind] = key;
    const interest = describe(identity(kind));
    interests.push(interest);
    handling[kind] = handlingOf(interest);
    minimumSizes[kind * 2] = interest.plans?.[8].minimumSize ?? 0;
    minimumSizes[kind * 2 + 1] = interest.plans?.[4].minimumSize ?? 0;
    return kind;
  };

  const add = (hash: number, g0: number, g1: number, g2: number, g3: number, key: number): number => {
    if (size === OTHERS) append(0, 0, 0, 0, 0);
    if (size > OTHERS && (size === CAPACITY || !isDeclared([g0, g1, g2, g3], key))) return OTHERS;
    slots[hash] = size;
    return append(g0, g1, g2, g3, key);
  };

  return {
    find: (g0, g1, g2, g3, key) => {
      const mixed = g0 ^ Math.imul(key, 0x9e3779b1);
      let hash = (mixed ^ (mixed >>> 15)) & HASH_MASK;
      for (;;) {
        const kind = slots[hash] as number;
        if (kind < 0) return add(hash, g0, g1, g2, g3, key);
        if (keys[kind] === key && w0[kind] === g0 && w1[kind] === g1 && w2[kind] === g2 && w3[kind] === g3) return kind;
        hash = (hash + 1) & HASH_MASK;
      }
    },
    identity,
    interest: (kind) => interests[kind] as Interest,
    size: () => size,
    counts: new Float64Array(CAPACITY),
    decoded: new Float64Array(CAPACITY),
    handling,
    minimumSizes,
  };
};
