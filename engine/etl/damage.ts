/** What of a file could not be read, and where. Counted without limit, described up to a limit. */

export type DamageCode =
  | "buffer-header-damaged"
  | "buffer-size-damaged"
  | "buffer-truncated"
  | "buffer-not-decompressed"
  | "record-damaged"
  | "buffers-missing";

export interface Damage {
  readonly offset: number;
  readonly code: DamageCode;
  readonly message: string;
}

export interface DamageLog {
  readonly damage: readonly Damage[];
  /** Places that are counted and no longer described. */
  readonly undescribed: number;
  readonly damagedBuffers: number;
  readonly bytesSkipped: number;
  readonly isTruncated: boolean;
  /** Damage in a buffer (or several in a row); `skipped` bytes of the file were not read as records. */
  readonly buffer: (offset: number, code: DamageCode, message: string, skipped: number, buffers?: number) => void;
  /** The file is shorter than its buffers. */
  readonly truncated: (offset: number, code: DamageCode, message: string) => void;
}

const MAX_DESCRIBED = 100;

export const createDamageLog = (): DamageLog => {
  const damage: Damage[] = [];
  let undescribed = 0;
  let damagedBuffers = 0;
  let bytesSkipped = 0;
  let isTruncated = false;
  const describe = (offset: number, code: DamageCode, message: string): void => {
    if (damage.length < MAX_DESCRIBED) damage.push({ offset, code, message });
    else undescribed += 1;
  };
  return {
    damage,
    get undescribed() {
      return undescribed;
    },
    get damagedBuffers() {
      return damagedBuffers;
    },
    get bytesSkipped() {
      return bytesSkipped;
    },
    get isTruncated() {
      return isTruncated;
    },
    buffer: (offset, code, message, skipped, buffers = 1) => {
      damagedBuffers += buffers;
      bytesSkipped += skipped;
      describe(offset, code, message);
    },
    truncated: (offset, code, message) => {
      isTruncated = true;
      describe(offset, code, message);
    },
  };
};
