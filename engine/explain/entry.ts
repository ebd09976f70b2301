/**
 * What is known of one error, and what it is recognised by. The tables beside this file hold nothing else: no machine is judged
 * here, and what an entry says rests on its sources.
 */
import type { ErrorMeaning } from "../generated/records.ts";

export type System = ErrorMeaning["system"];
export type Exhaustion = ErrorMeaning["exhaustion"];

/**
 * What must stand beside a number for it to be taken for this code.
 * error: a word such as "error" or brackets; event: the event's source; lone: nothing else in the text;
 * bits: nothing where it has 0x or a minus sign, as such 32 bits are seldom anything else, a word as for error where it has none;
 * hex: a word as for error, and only if it is written in hex.
 */
export type Proof = "error" | "event" | "lone" | "bits" | "hex";

export interface CodeNumber {
  readonly value: number;
  readonly by: Proof;
}

/** A text that programs print for it, and where that can be seen where the entry's own sources do not show it. */
export interface Saying {
  readonly text: string;
  readonly source: string | null;
}

export interface Entry {
  readonly code: string;
  readonly system: System;
  /** Identifiers; each is a word that it is recognised by. */
  readonly names: readonly string[];
  readonly numbers: readonly CodeNumber[];
  readonly sayings: readonly Saying[];
  /**
   * Only where one of these stands near, or nothing but the number is asked about: other programs use it for other things. Of an
   * event the part of its source's name that every way to write it has.
   */
  readonly beside: readonly string[];
  /** Around the error that decides: an exception that holds another, a sentence in front of one. */
  readonly isOuter: boolean;
  /** Says so little that it is told only where nothing else is recognised. */
  readonly isVague: boolean;
  readonly meaning: string;
  readonly exhaustion: Exhaustion;
  readonly when: string;
  readonly next: readonly string[];
  readonly sources: readonly string[];
}

/** The parts that an entry cannot do without. */
type Told = Pick<Entry, "meaning" | "exhaustion" | "when" | "next" | "sources">;
type Recognised = Partial<Pick<Entry, "names" | "numbers" | "sayings" | "beside" | "isOuter" | "isVague">>;

export const entry = (code: string, system: System, told: Told & Recognised): Entry => ({
  names: [],
  numbers: [],
  sayings: [],
  beside: [],
  isOuter: false,
  isVague: false,
  ...told,
  code,
  system,
});

export const said = (text: string, source: string | null = null): Saying => ({ text, source });

/** HRESULT_FROM_WIN32: severity 1, FACILITY_WIN32, the code in the low half. */
const HRESULT_OF_WIN32 = 0x80070000;
/** HRESULT_FROM_NT: FACILITY_NT_BIT. */
const NT_BIT = 0x10000000;
/** Warning of the system, as message files have it in front of an event's id. */
const WARNING = 0x80000000;

const bits = (value: number): CodeNumber => ({ value: value >>> 0, by: "bits" });

/** A code of Winsock or Win32, and its HRESULT. */
export const win32Numbers = (code: number, by: "error" | "lone" = "error"): readonly CodeNumber[] => [
  { value: code, by },
  { value: code, by: "hex" },
  bits(HRESULT_OF_WIN32 | code),
];

export const statusNumbers = (status: number): readonly CodeNumber[] => [bits(status), bits(status | NT_BIT)];

/** An event's id, and the id with its severity, which the log calls InstanceId. */
export const eventNumbers = (id: number): readonly CodeNumber[] => [{ value: id, by: "event" }, bits(WARNING | id)];

/** Every page that the entry rests on, each once. */
export const sourcesOf = ({ sources, sayings }: Entry): readonly string[] => [
  ...new Set([...sources, ...sayings.flatMap(({ source }) => (source === null ? [] : [source]))]),
];
