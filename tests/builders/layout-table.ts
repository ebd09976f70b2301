// The documented event layouts, parsed from the notation of the reference: the witness that the engine's
// own tables are compared with. Nothing here is derived from a trace.

import { AFD_LAYOUTS, AFD_VISTA_LAYOUTS } from "./layouts/afd.ts";
import { NDIS_LAYOUTS } from "./layouts/ndis.ts";
import { KERNEL_PROCESS_LAYOUTS, PROCESS_LAYOUTS } from "./layouts/process.ts";
import { TCPIP_LAYOUTS } from "./layouts/tcpip.ts";

const FIELD_TYPES = [
  "ptr",
  "u16",
  "u32",
  "u64",
  "i32",
  "bool",
  "bool32",
  "bytes",
  "wstr0",
  "AnsiString",
  "sid",
  "wbemSid",
] as const;

export type FieldType = (typeof FIELD_TYPES)[number];

export type LayoutField = {
  readonly name: string;
  readonly type: FieldType;
  /** Offsets that the reference gives for 64 and 32-bit records; null where it gives none. */
  readonly offsets: { readonly 64: number; readonly 32: number } | null;
};

export const PROVIDER_GUID = {
  afd: "e53c6823-7bb8-44bb-90dc-3f86090d48a6",
  tcpip: "2f07e2ee-15db-40f1-90ef-9d7ba282188a",
  kernelProcess: "22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716",
  /** Classic: ids are types of kernel group 3. */
  process: "3d6fa8d0-fe05-11d0-9dda-00c04fd7ba7c",
  ndis: "2ed6006e-4729-4609-b423-3ee7bcd678ef",
} as const satisfies Record<string, string>;

export type LayoutProvider = keyof typeof PROVIDER_GUID;

export type Layout = {
  readonly provider: LayoutProvider;
  readonly guid: string;
  /** Type for the classic provider. */
  readonly id: number;
  readonly version: number;
  readonly name: string;
  /** Windows release whose manifest has this version first; null where every one since Windows 7 has it. */
  readonly since: string | null;
  readonly fields: readonly LayoutField[];
};

const FIELD = /^(\w+):(\w+)(?:@(?:(\d+)\/(\d+)|after \w+))?$/;

const isFieldType = (text: string): text is FieldType => FIELD_TYPES.some((type) => type === text);

const parseField = (text: string): LayoutField => {
  const [, name = "", type = "", wide, narrow] = FIELD.exec(text) ?? [];
  if (name === "" || !isFieldType(type)) throw new SyntaxError(`not a field of a layout: ${text}`);
  const offsets = wide === undefined || narrow === undefined ? null : { 64: Number(wide), 32: Number(narrow) };
  return { name, type, offsets };
};

const addressFields = (side: "Local" | "Remote"): readonly LayoutField[] => [
  { name: `${side}AddressLength`, type: "u32", offsets: null },
  { name: `${side}Address`, type: "bytes", offsets: null },
];

const parseFields = (text: string): readonly LayoutField[] =>
  text.split(", ").flatMap((field) => {
    if (field === "LA") return addressFields("Local");
    if (field === "RA") return addressFields("Remote");
    return [parseField(field)];
  });

/** `1,15:0 | 2` says: id 1 in version 2, and the same fields for id 15 in version 0. */
const parseIds = (ids: string, version: string): readonly { id: number; version: number }[] =>
  ids.split(",").map((entry) => {
    const [id = "", own = version] = entry.split(":");
    return { id: Number(id), version: Number(own) };
  });

export const parseLayouts = (provider: LayoutProvider, text: string): readonly Layout[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => {
      const cells = line.split(" | ");
      const [ids = "", version = "", name = ""] = cells;
      const since = cells.length > 4 ? (cells[3] ?? null) : null;
      const fields = parseFields(cells.at(-1) ?? "");
      const guid = PROVIDER_GUID[provider];
      return parseIds(ids, version).map((key) => ({ provider, guid, ...key, name, since, fields }));
    });

const LAYOUTS: readonly Layout[] = [
  ...parseLayouts("afd", AFD_LAYOUTS),
  ...parseLayouts("afd", AFD_VISTA_LAYOUTS),
  ...parseLayouts("tcpip", TCPIP_LAYOUTS),
  ...parseLayouts("process", PROCESS_LAYOUTS),
  ...parseLayouts("kernelProcess", KERNEL_PROCESS_LAYOUTS),
  ...parseLayouts("ndis", NDIS_LAYOUTS),
];

const keyOf = (provider: LayoutProvider, id: number, version: number): string => `${provider}/${id}/${version}`;

const BY_KEY: ReadonlyMap<string, Layout> = new Map(
  LAYOUTS.map((layout) => [keyOf(layout.provider, layout.id, layout.version), layout]),
);

export const allLayouts = (): readonly Layout[] => LAYOUTS;

export const layoutOf = (provider: LayoutProvider, id: number, version: number): Layout => {
  const layout = BY_KEY.get(keyOf(provider, id, version));
  if (layout === undefined) throw new RangeError(`no layout is documented for ${keyOf(provider, id, version)}`);
  return layout;
};

const byEvent = (): ReadonlyMap<string, readonly Layout[]> => {
  const versions = new Map<string, Layout[]>();
  for (const layout of LAYOUTS) {
    const key = `${layout.provider}/${layout.id}`;
    versions.set(key, [...(versions.get(key) ?? []), layout]);
  }
  return versions;
};

const VERSIONS = byEvent();

/** Every documented version of an event. */
export const versionsOf = (provider: LayoutProvider, id: number): readonly Layout[] =>
  VERSIONS.get(`${provider}/${id}`) ?? [];
