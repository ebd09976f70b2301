/** Single events as records, with every field by its manifest name. Not for the hot path: one object an event. */
import { formatGuid } from "../bytes/guid.ts";
import { decodeFields } from "../bytes/layout.ts";
import type { Clock } from "../etl/clock.ts";
import { FORM } from "../etl/format.ts";
import type { KindIdentity, KindTable } from "../etl/kinds.ts";
import type { RecordSink } from "../etl/merge.ts";
import { hasThread, readWppHeader } from "../etl/record-time.ts";
import type { Block } from "../etl/walk.ts";
import type { EventRecord } from "../generated/records.ts";
import { eventName, type Lookup, lookUpKind, providerName } from "../providers/catalog.ts";

interface KindInfo {
  readonly identity: KindIdentity;
  readonly guid: string;
  readonly provider: string | null;
  readonly lookup: Lookup;
}

const OPCODE_AT = 0x2d;

const threadOf = (
  { view }: Block,
  record: number,
  { form }: KindIdentity,
): { readonly processId: number | null; readonly threadId: number | null } => {
  if (form !== FORM.wpp && !hasThread(view, record)) return { processId: null, threadId: null };
  const threadAt = form === FORM.wpp ? readWppHeader(view.getUint16(record + 6, true)).threadAt : 8;
  return threadAt < 0
    ? { processId: null, threadId: null }
    : { threadId: view.getUint32(record + threadAt, true), processId: view.getUint32(record + threadAt + 4, true) };
};

const describeKind = (identity: KindIdentity): KindInfo => {
  const guid = formatGuid(identity.guid);
  return { identity, guid, provider: providerName(guid), lookup: lookUpKind(identity) };
};

export const createEventSink =
  (clock: Clock, write: (record: EventRecord) => void) =>
  (kinds: KindTable): RecordSink => {
    const infos: (KindInfo | undefined)[] = [];
    const infoOf = (kind: number): KindInfo => {
      const info = infos[kind] ?? describeKind(kinds.identity(kind));
      infos[kind] = info;
      return info;
    };
    return (block, list, index, processor) => {
      const tag = list.tags[index] as number;
      const record = list.records[index] as number;
      const payload = {
        view: block.view,
        start: list.payloads[index] as number,
        end: list.ends[index] as number,
        pointerSize: (tag & 1) === 1 ? 4 : 8,
      } as const;
      const kind = tag >> 1;
      const { identity, guid, provider, lookup } = infoOf(kind);
      const isManifest = identity.form === FORM.manifest;
      const fields = lookup.state === "known" ? decodeFields(lookup.event.layout.fields, payload) : null;
      if (fields !== null) (kinds.decoded[kind] as number) += 1;
      write({
        kind: "event",
        time: clock.toIso(list.ticks[index] as number),
        provider,
        guid,
        id: isManifest || identity.form === FORM.wpp ? identity.id : null,
        opcode: isManifest ? block.view.getUint8(record + OPCODE_AT) : identity.form === FORM.wpp ? 0 : identity.id,
        version: identity.version,
        name: eventName(lookup),
        ...threadOf(block, record, identity),
        processor,
        decoded: fields !== null,
        fields: fields ?? {},
      });
    };
  };
