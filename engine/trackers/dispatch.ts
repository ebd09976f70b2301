/** Brings wanted records to the trackers that asked for them: decodes each once, into one reused row. */
import type { Layout } from "../bytes/layout.ts";
import { decodeRow, type RowPlan } from "../bytes/row-plan.ts";
import type { Describe, Interest, KindIdentity, KindTable } from "../etl/kinds.ts";
import type { RecordSink } from "../etl/merge.ts";
import type { Window } from "../etl/walk.ts";
import { type KnownEvent, lookUpKind } from "../providers/catalog.ts";
import { ROW_SIZE, slotOfField } from "../providers/slots.ts";
import type { EventRow, Subscription } from "./subscription.ts";

const knownEvent = (identity: KindIdentity): KnownEvent | null => {
  const found = lookUpKind(identity);
  return found.state === "known" ? found.event : null;
};

interface Route {
  readonly plan4: RowPlan;
  readonly plan8: RowPlan;
  readonly id: number;
  /** Slots that other versions of the event fill and this one does not: they would show an earlier event's value. */
  readonly absent: Int32Array;
  readonly inside: readonly ((row: EventRow) => void)[];
  readonly outside: readonly ((row: EventRow) => void)[];
}

const subscribers = (event: KnownEvent, subscriptions: readonly Subscription[]): readonly Subscription[] =>
  subscriptions.filter(({ provider, ids }) => provider === event.provider && ids.includes(event.layout.id));

export const describeFor =
  (subscriptions: readonly Subscription[]): Describe =>
  (identity): Interest => {
    const event = knownEvent(identity);
    if (event === null) return { plans: null, isWanted: false, isTimeless: false };
    const wanting = subscribers(event, subscriptions);
    return {
      plans: event.plans,
      isWanted: wanting.length > 0,
      isTimeless: wanting.some(({ isTimeless }) => isTimeless === true),
    };
  };

const slotsOf = (fields: Layout): readonly number[] =>
  fields.map(([name]) => slotOfField(name)).filter((slot) => slot >= 0);

const absentSlots = ({ provider, layout }: KnownEvent): Int32Array => {
  const filled = slotsOf(layout.fields);
  const ever = provider.events.filter(({ id }) => id === layout.id).flatMap(({ fields }) => slotsOf(fields));
  return Int32Array.from(new Set(ever.filter((slot) => !filled.includes(slot))));
};

const routeOf = (event: KnownEvent, subscriptions: readonly Subscription[]): Route => {
  const wanting = subscribers(event, subscriptions);
  return {
    plan4: event.plans[4],
    plan8: event.plans[8],
    id: event.layout.id,
    absent: absentSlots(event),
    inside: wanting.map(({ on }) => on),
    outside: wanting.filter(({ isTimeless }) => isTimeless === true).map(({ on }) => on),
  };
};

const emptyRow = (): EventRow => ({
  id: 0,
  ticks: 0,
  processId: 0,
  threadId: 0,
  values: new Float64Array(ROW_SIZE),
  view: new DataView(new ArrayBuffer(0)),
});

const isInside = (ticks: number, window: Window | null): boolean =>
  window === null || (ticks >= window.since && ticks <= window.until);

/** Place of thread and process id in every header kind that has them. */
const THREAD_AT = 8;
const PROCESS_AT = 12;

export const createDispatcher =
  (subscriptions: readonly Subscription[], window: Window | null) =>
  (kinds: KindTable): RecordSink => {
    const routes: (Route | undefined)[] = [];
    const row = emptyRow();
    const addRoute = (kind: number): Route => {
      const route = routeOf(knownEvent(kinds.identity(kind)) as KnownEvent, subscriptions);
      routes[kind] = route;
      return route;
    };
    return (block, list, index) => {
      const tag = list.tags[index] as number;
      const record = list.records[index] as number;
      const ticks = list.ticks[index] as number;
      const kind = tag >> 1;
      const route = routes[kind] ?? addRoute(kind);
      const is32 = (tag & 1) === 1;
      for (let slot = 0; slot < route.absent.length; slot += 1) row.values[route.absent[slot] as number] = 0;
      if (
        !decodeRow(
          is32 ? route.plan4 : route.plan8,
          block.view,
          list.payloads[index] as number,
          list.ends[index] as number,
          row.values,
        )
      )
        return;
      const inside = isInside(ticks, window);
      if (inside) (kinds.decoded[kind] as number) += 1;
      const words = block.words;
      row.id = route.id;
      row.ticks = ticks;
      row.threadId = words[(record + THREAD_AT) >> 2] as number;
      row.processId = (words[(record + PROCESS_AT) >> 2] as number) >>> 0;
      row.view = block.view;
      const handlers = inside ? route.inside : route.outside;
      for (let handler = 0; handler < handlers.length; handler += 1)
        (handlers[handler] as (row: EventRow) => void)(row);
    };
  };
