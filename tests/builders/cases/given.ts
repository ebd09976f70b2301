// What somebody brings to be judged: a capture of a machine, texts that were printed on it, or a trace with captures beside it.
// Each keeps its story, which knows who runs and who has ended.

import { type Capture, zipOf } from "../capture/capture-files.ts";
import { captureOf } from "../capture/machine/capture.ts";
import type { Machine } from "../capture/machine.ts";
import { type Story, told } from "../story.ts";

export type Given =
  | { readonly from: "snapshot"; readonly box: Machine; readonly file: Uint8Array }
  | { readonly from: "texts"; readonly box: Machine; readonly files: ReadonlyMap<string, Uint8Array> }
  | {
      readonly from: "trace";
      readonly tale: Story;
      readonly file: Uint8Array;
      readonly beside: Beside | null;
    };

/** The machine of a trace, and captures of it. */
export type Beside = { readonly box: Machine; readonly captures: readonly Uint8Array[] };

/** `change` is what went otherwise than in the story. */
export const snapshot = (box: Machine, change: (capture: Capture) => Capture = (capture) => capture): Given => ({
  from: "snapshot",
  box,
  file: zipOf(change(captureOf(box))),
});

export const texts = (box: Machine, files: Readonly<Record<string, Uint8Array>>): Given => ({
  from: "texts",
  box,
  files: new Map(Object.entries(files)),
});

export const trace = (tale: Story, beside: Beside | null = null): Given => ({
  from: "trace",
  tale,
  file: told(tale),
  beside,
});

/** A case is told when it is asked for: a machine with 16,000 sockets is not kept. */
export type Cases = Readonly<Record<string, () => Given>>;
