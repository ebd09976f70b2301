// The documented layouts of the builders beside the engine's tables: how a field of one is written in the other.

import type { Field, FieldType, Layout } from "../../../engine/bytes/layout.ts";
import { PROVIDERS } from "../../../engine/providers/catalog.ts";
import type { EventLayout, Provider } from "../../../engine/providers/provider.ts";
import * as documented from "../../builders/layout-table.ts";

export type Declared = { readonly provider: Provider; readonly event: EventLayout };

export const declaredEvents: readonly Declared[] = PROVIDERS.flatMap((provider) =>
  provider.events.map((event) => ({ provider, event })),
);

export const keyOf = (guid: string, id: number, version: number): string => `${guid}/${id}/${version}`;

const DOCUMENTED: ReadonlyMap<string, documented.Layout> = new Map(
  documented.allLayouts().map((layout) => [keyOf(layout.guid, layout.id, layout.version), layout]),
);

export const documentedFor = ({ provider, event }: Declared): documented.Layout | undefined =>
  DOCUMENTED.get(keyOf(provider.guid, event.id, event.version));

const BYTES: FieldType = "ip6";

/** Types of the notation that say the same under another name. */
const TYPES: Readonly<Record<documented.FieldType, readonly FieldType[]>> = {
  ptr: ["ptr"],
  u16: ["u16"],
  u32: ["u32", "ip4"],
  u64: ["u64", "filetime"],
  i32: ["i32"],
  bool: ["bool32"],
  bool32: ["bool32"],
  bytes: [BYTES],
  wstr0: ["wstr"],
  AnsiString: ["astr"],
  sid: ["sid"],
  wbemSid: ["wbemsid"],
};

/** A field as the engine declares it, with the types that say the same. */
export type Wanted = { readonly name: string; readonly types: readonly FieldType[] };

const isLengthOf = (field: documented.LayoutField, next: documented.LayoutField | undefined): boolean =>
  next?.type === "bytes" && [`${next.name}Len`, `${next.name}Length`].includes(field.name);

/** A length and the bytes it measures are one field of the engine, a socket address. */
export const asDeclared = ({ fields }: documented.Layout): readonly Wanted[] =>
  fields.flatMap((field, index) => {
    if (isLengthOf(field, fields[index + 1])) return [];
    const before = fields[index - 1];
    if (before !== undefined && isLengthOf(before, field)) return [{ name: field.name, types: ["sockaddr"] as const }];
    return [{ name: field.name, types: TYPES[field.type] }];
  });

export const agrees = ([name, type]: Field, wanted: Wanted | undefined): boolean =>
  wanted !== undefined && wanted.name === name && wanted.types.includes(type);

export const mismatches = (fields: Layout, layout: documented.Layout): readonly string[] => {
  const wanted = asDeclared(layout);
  return fields.filter((field, index) => !agrees(field, wanted[index])).map(([name, type]) => `${name}: ${type}`);
};
