// Machines by chance, small ones with a small range so that sockets meet; and captures whose rows were shuffled or repeated,
// which a table read while it changes may well be.

import fc from "fast-check";
import { byteSink, bytesOf, concatenate, putBytes, putU32, putU64 } from "../../builders/byte-sink.ts";
import type { Capture } from "../../builders/capture/capture-files.ts";
import { type Machine, type MachineOptions, machine, type Process } from "../../builders/capture/machine.ts";
import { helpers, shares } from "../../builders/capture/machine/handles.ts";
import { exits, process } from "../../builders/capture/machine/processes.ts";
import { excludes, range } from "../../builders/capture/machine/settings.ts";
import {
  accepts,
  binds,
  closes,
  connects,
  halfCloses,
  hangs,
  listens,
  peerCloses,
} from "../../builders/capture/machine/sockets.ts";
import { below, seededRandom } from "../../builders/random.ts";

export const RANGE = { start: 50_000, ports: 400 } as const;

type Turn = (box: Machine, by: Process, count: number) => void;

const OUTSIDE = { fromPort: 8000 } as const;
const V6 = { family: "ipv6" } as const;
const UDP = { protocol: "udp" } as const;

const listenAndAccept: Turn = (box, by, count) => {
  const [listener] = listens(box, by, 1);
  if (listener !== undefined) accepts(box, listener, count);
};

const TURNS: Readonly<Record<string, Turn>> = {
  binds: (box, by, count) => binds(box, by, count),
  "binds in IPv6": (box, by, count) => binds(box, by, count, V6),
  "binds outside": (box, by, count) => binds(box, by, count, OUTSIDE),
  connects: (box, by, count) => connects(box, by, count),
  "connects without a bind": (box, by, count) => connects(box, by, count, { how: "connect", ...V6 }),
  listens: (box, by, count) => listens(box, by, count),
  accepts: listenAndAccept,
  "accepts and closes": (box, by, count) => {
    listenAndAccept(box, by, count);
    closes(
      box,
      box.sockets.filter(({ isAccepted }) => isAccepted),
    );
  },
  "leaves CLOSE_WAIT": (box, by, count) => peerCloses(connects(box, by, count)),
  "waits for an answer": (box, by, count) => hangs(connects(box, by, count)),
  "half closes": (box, by, count) => halfCloses(connects(box, by, count)),
  closes: (box, by, count) => closes(box, connects(box, by, count)),
  "binds UDP": (box, by, count) => binds(box, by, count, UDP),
  "binds UDP in IPv6 by number": (box, by, count) =>
    binds(box, by, count, { ...UDP, ...V6, fromPort: RANGE.start + 300 }),
  "has helpers": (box, by, count) => helpers(box, by, count),
  shares: (box, by) => shares(box, box.sockets.slice(0, 5), by),
};

const PIDS = [5868, 6016, 6200, 7120] as const;

const turn = fc.record({
  name: fc.constantFrom(...Object.keys(TURNS)),
  who: fc.constantFrom(...PIDS),
  count: fc.integer({ min: 1, max: 12 }),
});

type Plan = {
  readonly turns: readonly { readonly name: string; readonly who: number; readonly count: number }[];
  readonly excluded: readonly (readonly [number, number])[];
  readonly ending: number | null;
  readonly options: Partial<MachineOptions>;
};

const carryOut = ({ turns, excluded, ending, options }: Plan): Machine => {
  const box = machine(options);
  range(box, "tcp", RANGE.start, RANGE.ports);
  range(box, "udp", RANGE.start, RANGE.ports);
  for (const [start, more] of excluded) excludes(box, "tcp", start, start + more);
  const processes = new Map(
    PIDS.map((processId) => [processId as number, process(box, `p${processId}.exe`, processId)]),
  );
  for (const { name, who, count } of turns) {
    const by = processes.get(who);
    if (by !== undefined) TURNS[name]?.(box, by, count);
  }
  const ended = ending === null ? undefined : processes.get(ending);
  if (ended !== undefined) exits(box, ended);
  return box;
};

/** A machine's history, carried out anew each time: a property may change what comes of it. */
export const anyMachine = (): fc.Arbitrary<() => Machine> =>
  fc
    .record({
      turns: fc.array(turn, { maxLength: 14 }),
      excluded: fc.array(fc.tuple(fc.integer({ min: 49_900, max: 50_450 }), fc.nat({ max: 30 })), { maxLength: 3 }),
      osBuild: fc.constantFrom(22_631, 26_100),
      pointerSize: fc.constantFrom(4 as const, 8 as const),
      debugPrivilege: fc.boolean(),
      tables: fc.constantFrom("module" as const, "pid" as const),
      ending: fc.option(fc.constantFrom(...PIDS)),
    })
    .map(({ turns, excluded, ending, ...options }) => {
      const plan = { turns, excluded, ending, options };
      return Object.assign(() => carryOut(plan), { [fc.toStringMethod]: () => JSON.stringify(plan) });
    });

/** Where the rows of a raw answer lie: its header, and the length of each row. */
type Layout = { readonly start: number; readonly countBytes: 4 | 8; readonly rowBytes: number };

const ROW_BYTES: Readonly<Record<string, number>> = {
  "tcp-ipv4 5": 24,
  "tcp-ipv4 8": 160,
  "tcp-ipv6 5": 56,
  "tcp-ipv6 8": 192,
  "udp-ipv4 1": 12,
  "udp-ipv4 2": 160,
  "udp-ipv6 1": 28,
  "udp-ipv6 2": 176,
  "bound-tcp-ipv4 null": 28,
  "bound-tcp-ipv6 null": 60,
};

const layoutOf = ({ json }: Capture, entry: string): Layout | null => {
  const { pointerSize } = json.machine;
  if (entry === "handle-table.bin")
    return { start: 2 * pointerSize, countBytes: pointerSize, rowBytes: pointerSize === 8 ? 0x28 : 0x1c };
  const artifact = json.artifacts.find((each) => each.entry === entry);
  const rowBytes = ROW_BYTES[`${artifact?.name} ${artifact?.tableClass}`];
  if (rowBytes === undefined) return null;
  const isModule = artifact?.tableClass === 8 || artifact?.tableClass === 2;
  return { start: isModule ? 8 : 4, countBytes: 4, rowBytes };
};

const cut = (bytes: Uint8Array, start: number, rowBytes: number): readonly Uint8Array[] => {
  const rows: Uint8Array[] = [];
  for (let at = start; at < bytes.length; at += rowBytes) rows.push(bytes.subarray(at, at + rowBytes));
  return rows;
};

/** Rows of afd-handles.bin say their own length. */
const cutAfd = (bytes: Uint8Array): readonly Uint8Array[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += view.getUint32(at, true))
    rows.push(bytes.subarray(at, at + view.getUint32(at, true)));
  return rows;
};

type Rearrange = (rows: readonly Uint8Array[]) => readonly Uint8Array[];

const rebuilt = (bytes: Uint8Array, { start, countBytes, rowBytes }: Layout, rearrange: Rearrange): Uint8Array => {
  const rows = rearrange(cut(bytes, start, rowBytes));
  const sink = byteSink(start);
  if (countBytes === 8) putU64(sink, BigInt(rows.length));
  else putU32(sink, rows.length);
  putBytes(sink, bytes.subarray(countBytes, start));
  return concatenate([bytesOf(sink), ...rows]);
};

const withRows = (capture: Capture, rearrange: Rearrange): Capture => ({
  json: capture.json,
  entries: new Map(
    [...capture.entries].map(([entry, bytes]) => {
      if (entry === "afd-handles.bin") return [entry, concatenate(rearrange(cutAfd(bytes)))];
      const layout = layoutOf(capture, entry);
      return [entry, layout === null ? bytes : rebuilt(bytes, layout, rearrange)];
    }),
  ),
});

export const shuffleRows = (capture: Capture, seed: number): Capture => {
  const random = seededRandom(seed);
  return withRows(capture, (rows) => {
    const shuffled = [...rows];
    for (let index = shuffled.length - 1; index > 0; index -= 1) {
      const other = below(random, index + 1);
      [shuffled[index], shuffled[other]] = [shuffled[other] as Uint8Array, shuffled[index] as Uint8Array];
    }
    return shuffled;
  });
};

export const repeatRows = (capture: Capture): Capture => withRows(capture, (rows) => [...rows, ...rows]);
