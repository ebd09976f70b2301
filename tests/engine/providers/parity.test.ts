// The engine's event tables against the documented layouts, which were written down apart from them: no event is
// missing, none is invented, and every field stands where the documentation has it.

import { describe, expect, test } from "@jest/globals";
import { lookUpEvent } from "../../../engine/providers/catalog.ts";
import { allLayouts, type Layout, type LayoutProvider, PROVIDER_GUID } from "../../builders/layout-table.ts";
import { asDeclared, type Declared, declaredEvents, documentedFor, keyOf, mismatches } from "../support/documented.ts";
import { range } from "../support/numbered.ts";
import { parseGuid } from "../../../engine/bytes/guid.ts";

const nameOf = ({ provider, event }: Declared): string => `${provider.name} ${event.id} v${event.version}`;

/** Layouts that the reference does not have, and why the engine does. */
const UNDOCUMENTED: Readonly<Record<string, string>> = Object.fromEntries(
  [1, 2, 3, 4].map((type) => [
    keyOf(PROVIDER_GUID.process, type, 5),
    "version 5 appends to version 4, as it does for type 39",
  ]),
);

/** Where the engine declares the beginning of a layout only: what follows the image name is not needed. */
const SHORTENED: readonly string[] = [PROVIDER_GUID.kernelProcess, PROVIDER_GUID.process];

const documentedEvents = declaredEvents.filter(
  ({ provider, event }) => UNDOCUMENTED[keyOf(provider.guid, event.id, event.version)] === undefined,
);

describe("a declared event", () => {
  test.each(documentedEvents.map((declared) => [nameOf(declared), declared] as const))(
    "%s has the fields of its documentation, in order",
    (_, declared) => {
      const layout = documentedFor(declared);
      if (layout === undefined) throw new Error("it is not documented");
      expect(mismatches(declared.event.fields, layout)).toEqual([]);
      const isWhole = declared.event.fields.length === asDeclared(layout).length;
      expect(isWhole || SHORTENED.includes(declared.provider.guid)).toBe(true);
    },
  );

  test("is declared once", () => {
    const keys = declaredEvents.map(({ provider, event }) => keyOf(provider.guid, event.id, event.version));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("has the name of its documentation, where that gives one", () => {
    const named = documentedEvents.filter(
      ({ provider, event }) =>
        provider.guid === PROVIDER_GUID.tcpip || (provider.guid === PROVIDER_GUID.afd && event.id >= 1000),
    );
    expect(named.filter((declared) => declared.event.name !== documentedFor(declared)?.name).map(nameOf)).toEqual([]);
  });
});

describe("an event that matters", () => {
  /** By provider: the ids that the engine must decode in every version there is. */
  const WANTED: readonly (readonly [LayoutProvider, readonly number[]])[] = [
    [
      "afd",
      allLayouts()
        .filter(({ provider }) => provider === "afd")
        .map(({ id }) => id),
    ],
    [
      "tcpip",
      [
        1006, 1008, 1009, 1050, 1052, 1053, 1054, 1122, 1191, 1192, 1193, 1194, 1195, 1300, 1366, 1394, 1395, 1396,
        1397, 1398, 1519,
      ],
    ],
    // Connects that end, in every way in which they can.
    ["tcpip", [1018, 1020, 1021, 1029, 1030, 1031, 1032, 1033, 1034, 1035, 1036, 1037, 1045, 1049]],
    ["kernelProcess", [1, 2, 15]],
    ["process", [1, 2, 3, 4, 39]],
  ];

  const wanted = WANTED.flatMap(([provider, ids]) =>
    allLayouts().filter((layout) => layout.provider === provider && ids.includes(layout.id)),
  );
  const label = ({ provider, id, version }: Layout): string => `${provider} ${id} v${version}`;

  test.each(wanted.map((layout) => [label(layout), layout] as const))(
    "%s is declared",
    (_, { guid, id, version, provider }) => {
      const found = lookUpEvent(provider === "process" ? "classic" : "manifest", parseGuid(guid), id, version);
      expect(found.state).toBe("known");
    },
  );

  test("is among the wanted ones of AFD: 1 to 41, and 1000 to 3007", () => {
    const ids = new Set(WANTED[0]?.[1]);
    expect(range(41).filter((index) => !ids.has(index + 1))).toEqual([]);
    expect(
      [1000, 1001, 1002, 1017, 1018, 1020, 1021, 1029, 1030, 1037, 3000, 3006, 3007].filter((id) => !ids.has(id)),
    ).toEqual([]);
  });
});
