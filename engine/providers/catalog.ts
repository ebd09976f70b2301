/**
 * All declared providers, looked up by what a record header says. The identity of an event is (GUID, id, version).
 *
 * An unknown higher version is read with the newest known layout only where history shows that versions of this event
 * append: two known versions at least, each the beginning of the next. Otherwise it is left undecoded.
 */
import { formatGuid, type GuidWords } from "../bytes/guid.ts";
import type { Layout } from "../bytes/layout.ts";
import { compileLayout, type RowPlan } from "../bytes/row-plan.ts";
import { FORM } from "../etl/format.ts";
import type { KindIdentity } from "../etl/kinds.ts";
import { AFD } from "./afd.ts";
import { KERNEL_LOGGER_PROCESS, KERNEL_PROCESS } from "./kernel-process.ts";
import { OTHER_PROVIDERS } from "./other-providers.ts";
import type { EventLayout, Provider } from "./provider.ts";
import { slotOfField } from "./slots.ts";
import { TCPIP } from "./tcpip.ts";

export const PROVIDERS: readonly Provider[] = [AFD, TCPIP, KERNEL_PROCESS, KERNEL_LOGGER_PROCESS];

/** An event that can be decoded. */
export interface KnownEvent {
  readonly provider: Provider;
  readonly layout: EventLayout;
  readonly plans: { readonly 4: RowPlan; readonly 8: RowPlan };
}

export type Lookup =
  | { readonly state: "known"; readonly event: KnownEvent }
  /** The event is declared, but not in this version. */
  | { readonly state: "unknown-version"; readonly provider: Provider; readonly name: string }
  | { readonly state: "unknown" };

type Form = Provider["form"];

const isPrefix = (shorter: Layout, longer: Layout): boolean =>
  shorter.every(([name, type], index) => longer[index]?.[0] === name && longer[index]?.[1] === type);

/** Versions in rising order. */
const appends = (versions: readonly EventLayout[]): boolean =>
  versions.length > 1 &&
  versions.every(({ fields }, index) => index === 0 || isPrefix(versions[index - 1]?.fields ?? [], fields));

const keyOf = (form: Form, guid: string, id: number): string => `${form}/${guid}/${id}`;

const known = (provider: Provider, layout: EventLayout): KnownEvent => ({
  provider,
  layout,
  plans: { 4: compileLayout(layout.fields, 4, slotOfField), 8: compileLayout(layout.fields, 8, slotOfField) },
});

const indexEvents = (): ReadonlyMap<
  string,
  { readonly provider: Provider; readonly versions: readonly EventLayout[] }
> => {
  const index = new Map<string, { provider: Provider; versions: EventLayout[] }>();
  for (const provider of PROVIDERS) {
    for (const event of provider.events) {
      const key = keyOf(provider.form, provider.guid, event.id);
      const entry = index.get(key) ?? { provider, versions: [] };
      entry.versions.push(event);
      index.set(key, entry);
    }
  }
  for (const { versions } of index.values()) versions.sort((a, b) => a.version - b.version);
  return index;
};

const EVENTS = indexEvents();

export const lookUpEvent = (form: Form, guid: GuidWords, id: number, version: number): Lookup => {
  const entry = EVENTS.get(keyOf(form, formatGuid(guid), id));
  if (entry === undefined) return { state: "unknown" };
  const { provider, versions } = entry;
  const exact = versions.find((layout) => layout.version === version);
  if (exact !== undefined) return { state: "known", event: known(provider, exact) };
  const newest = versions.at(-1) as EventLayout;
  if (version > newest.version && appends(versions)) return { state: "known", event: known(provider, newest) };
  return { state: "unknown-version", provider, name: newest.name };
};

/** By what a record says of itself. Classic layouts serve user-mode providers and the kernel's own header kinds alike. */
export const lookUpKind = ({ form, guid, id, version }: KindIdentity): Lookup =>
  form === FORM.wpp
    ? { state: "unknown" }
    : lookUpEvent(form === FORM.manifest ? "manifest" : "classic", guid, id, version);

/** Null where no layout of any version is declared. */
export const eventName = (lookup: Lookup): string | null => {
  if (lookup.state === "known") return lookup.event.layout.name;
  return lookup.state === "unknown-version" ? lookup.name : null;
};

export const providerName = (guid: string): string | null =>
  PROVIDERS.find((provider) => provider.guid === guid)?.name ?? OTHER_PROVIDERS[guid] ?? null;
