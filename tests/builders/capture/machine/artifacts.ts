// The artifacts of a capture of a machine, in the order of docs/capture-format.md, each with its raw answer.

import { type AfdRow, afdHandles } from "../afd-rows.ts";
import type { Artifact } from "../capture-json.ts";
import { handleTable } from "../handle-table.ts";
import type { Family, Machine, Protocol } from "../machine.ts";
import { dynamicPortText, excludedPortText } from "../netsh-text.ts";
import { oemBytes } from "../oem-text.ts";
import { boundTable, tcpTable } from "../tcp-table.ts";
import { udpTable } from "../udp-table.ts";
import { handleEntries } from "./inspection.ts";
import { boundRows, tcpRows, udpRows } from "./tables.ts";

export type ArtifactWithBytes = Artifact & { readonly bytes: Uint8Array | null };

type Question = Pick<Artifact, "name" | "kind"> &
  Partial<Pick<Artifact, "entry" | "protocol" | "family" | "tableClass">> & { readonly answer?: () => Uint8Array };

const FAMILIES: readonly Family[] = ["ipv4", "ipv6"];
const PROTOCOLS: readonly Protocol[] = ["tcp", "udp"];

/** The bound endpoints are in the stack's tables since Windows 8.1 (handles reference, section 4, History). */
const WINDOWS_81 = 9600;

const tableQuestions = (box: Machine): readonly Question[] => {
  const [tcpClass, udpClass] = box.options.tables === "module" ? ([8, 2] as const) : ([5, 1] as const);
  return [
    ...FAMILIES.map((family) => ({
      name: `tcp-${family}`,
      kind: "tcp-table",
      entry: `tcp-${family}.bin`,
      protocol: "tcp" as const,
      family,
      tableClass: tcpClass,
      answer: () => tcpTable(tcpRows(box, family), family, tcpClass),
    })),
    ...FAMILIES.map((family) => ({
      name: `udp-${family}`,
      kind: "udp-table",
      entry: `udp-${family}.bin`,
      protocol: "udp" as const,
      family,
      tableClass: udpClass,
      answer: () => udpTable(udpRows(box, family), family, udpClass),
    })),
    ...FAMILIES.map((family) => ({
      name: `bound-tcp-${family}`,
      kind: "bound-tcp-table",
      entry: `bound-tcp-${family}.bin`,
      protocol: "tcp" as const,
      family,
      answer: () => boundTable(boundRows(box, family), family),
    })),
  ];
};

const netshQuestions = (box: Machine): readonly Question[] =>
  PROTOCOLS.flatMap((protocol) =>
    FAMILIES.flatMap((family): readonly Question[] => {
      const textOf = { language: box.options.language, protocol };
      const { start, ports } = box.ranges[`${protocol}-${family}`];
      const exclusions = box.exclusions.filter((each) => each.protocol === protocol);
      return [
        {
          name: `dynamic-range-${protocol}-${family}`,
          kind: "dynamic-port-range",
          entry: `dynamic-range-${protocol}-${family}.txt`,
          protocol,
          family,
          answer: () => oemBytes(dynamicPortText(start, ports, textOf)),
        },
        {
          name: `excluded-ranges-${protocol}-${family}`,
          kind: "excluded-port-range",
          entry: `excluded-ranges-${protocol}-${family}.txt`,
          protocol,
          family,
          answer: () => oemBytes(excludedPortText(exclusions, textOf)),
        },
      ];
    }),
  );

const questions = (box: Machine, afdRows: readonly AfdRow[]): readonly Question[] => [
  {
    name: "handle-table",
    kind: "handle-table",
    entry: "handle-table.bin",
    answer: () => handleTable(handleEntries(box), box.options.pointerSize),
  },
  { name: "afd-handles", kind: "afd-handles", entry: "afd-handles.bin", answer: () => afdHandles(afdRows) },
  ...tableQuestions(box),
  { name: "processes", kind: "processes" },
  { name: "services", kind: "services" },
  ...netshQuestions(box),
  { name: "tcp-settings", kind: "tcp-settings" },
  { name: "events", kind: "tcpip-event" },
  { name: "probe", kind: "port-probe" },
];

const missingBound = (box: Machine, name: string) =>
  name.startsWith("bound-tcp-") && (box.options.osBuild < WINDOWS_81 || box.options.wine)
    ? { status: "absent" as const, reason: "This Windows has no table of bound endpoints." }
    : undefined;

export const artifactsOf = (box: Machine, afdRows: readonly AfdRow[]): readonly ArtifactWithBytes[] =>
  questions(box, afdRows).map(
    ({ name, kind, entry = null, protocol = null, family = null, tableClass = null, answer }) => {
      const absence = box.absences.get(name) ?? missingBound(box, name);
      const told = { name, kind, protocol, family, tableClass };
      if (absence !== undefined) return { ...told, ...absence, entry: null, bytes: null };
      return { ...told, status: "read", reason: null, entry, bytes: answer?.() ?? null };
    },
  );
