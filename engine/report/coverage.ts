/** The counts of what was met in a file, in the words of the contract. */
import { formatGuid } from "../bytes/guid.ts";
import { FORM } from "../etl/format.ts";
import type { KindIdentity, KindTable } from "../etl/kinds.ts";
import type { EventCountRecord, TraceProvider, UnreadableEvent } from "../generated/records.ts";
import { eventName, type Lookup, lookUpKind, providerName } from "../providers/catalog.ts";

/** One kind of event with its counts. */
export interface KindCount {
  readonly identity: KindIdentity;
  readonly guid: string;
  readonly events: number;
  readonly decoded: number;
  readonly lookup: Lookup;
}

export const kindCounts = (kinds: KindTable): readonly KindCount[] =>
  Array.from({ length: kinds.size() }, (_, kind) => {
    const identity = kinds.identity(kind);
    return {
      identity,
      guid: formatGuid(identity.guid),
      events: kinds.counts[kind] as number,
      decoded: kinds.decoded[kind] as number,
      lookup: lookUpKind(identity),
    };
  }).filter(({ events }) => events > 0);

/** Manifest events and WPP messages are known by id, classic and kernel events by opcode. */
const idAndOpcode = ({ form, id }: KindIdentity): { readonly id: number | null; readonly opcode: number | null } =>
  form === FORM.manifest || form === FORM.wpp ? { id, opcode: null } : { id: null, opcode: id };

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Classic and kernel records of the same class and type count together: a consumer sees no difference. */
export const eventCountRecords = (counts: readonly KindCount[]): readonly EventCountRecord[] => {
  const records = new Map<string, EventCountRecord>();
  for (const { identity, guid, events, decoded, lookup } of counts) {
    const { id, opcode } = idAndOpcode(identity);
    const key = `${guid}/${id}/${opcode}/${identity.version}`;
    const record = records.get(key) ?? {
      kind: "event-count",
      guid,
      id,
      opcode,
      version: identity.version,
      count: 0,
      decoded: 0,
      provider: providerName(guid),
      name: eventName(lookup),
    };
    record.count += events;
    record.decoded += decoded;
    records.set(key, record);
  }
  const byIdentity = (a: EventCountRecord, b: EventCountRecord): number =>
    compareText(a.guid, b.guid) ||
    (a.id ?? -1) - (b.id ?? -1) ||
    (a.opcode ?? -1) - (b.opcode ?? -1) ||
    a.version - b.version;
  return [...records.values()].sort(byIdentity);
};

export const providerCounts = (counts: readonly KindCount[]): readonly TraceProvider[] => {
  const events = new Map<string, number>();
  for (const { guid, events: added } of counts) events.set(guid, (events.get(guid) ?? 0) + added);
  return [...events]
    .map(([guid, count]) => ({ guid, name: providerName(guid), events: count }))
    .sort((a, b) => b.events - a.events || (a.guid < b.guid ? -1 : 1));
};

/** Declared events that could not be decoded: of an unknown version, or with a payload shorter than the layout. */
export const unreadableEvents = (counts: readonly KindCount[]): readonly UnreadableEvent[] =>
  counts
    .filter(({ lookup, events, decoded }) => lookup.state !== "unknown" && events > decoded)
    .map(({ identity, guid, events, decoded }) => ({
      guid,
      ...idAndOpcode(identity),
      version: identity.version,
      events: events - decoded,
    }))
    .sort((a, b) => b.events - a.events);
