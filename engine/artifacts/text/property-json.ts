/**
 * Objects that ConvertTo-Json wrote: an array, one object, several one after the other, or with their list in `value` (which
 * Windows PowerShell does to arrays that carry properties). Each object is parsed alone: a cut text costs its last one.
 */

export interface JsonObject {
  readonly line: number;
  readonly text: string;
  /** Null where it is no JSON. */
  readonly values: ReadonlyMap<string, string> | null;
}

interface Span {
  readonly start: number;
  /** Behind the closing brace; the text's end where there is none. */
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Where the string that begins here ends: at its closing quote, or at the text's end. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return Math.min(at, text.length);
};

/** Behind the closing brace; null where there is none. */
const endOfObject = (text: string, start: number): number | null => {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN) depth += 1;
    else if (code === CLOSE) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
};

const isObjectStart = (text: string, at: number): boolean => /^\{\s*"/.test(text.slice(at, at + 100));

/** Objects that hold `"marker"` and no list of others; an object without an end may have held it. */
const spansOf = (text: string, marker: string): readonly Span[] => {
  const spans: Span[] = [];
  let at = text.indexOf("{");
  while (at >= 0) {
    let next = at + 1;
    if (isObjectStart(text, at) && !isWrapper(text, at)) {
      const closed = endOfObject(text, at);
      const end = closed ?? text.length;
      if (closed === null || text.slice(at, end).toLowerCase().includes(marker)) spans.push({ start: at, end });
      next = end;
    }
    at = text.indexOf("{", next);
  }
  return spans;
};

const isWrapper = (text: string, at: number): boolean => /^\{\s*"value"\s*:\s*\[/.test(text.slice(at, at + 200));

const valuesOf = (text: string): ReadonlyMap<string, string> | null => {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return null;
    return new Map(
      Object.entries(parsed).map(([name, value]) => [
        name.toLowerCase(),
        typeof value === "string" || typeof value === "number" ? String(value) : "",
      ]),
    );
  } catch {
    return null;
  }
};

export interface JsonReading {
  readonly objects: readonly JsonObject[];
  /** The text without its objects and what parts them, line by line as before. */
  readonly rest: string;
}

const lineBreaksIn = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
};

/** What is left of a list: as long as the list, and no line of anything. */
const isOnlySeparators = (text: string): boolean => /^[\s,[\]]*$/.test(text);

/** The objects that have this property, in lower case, and the rest. */
export const readJsonObjects = (text: string, property: string): JsonReading => {
  const marker = `"${property}"`;
  if (!new RegExp(marker, "i").test(text)) return { objects: [], rest: text };
  const objects: JsonObject[] = [];
  const rest: string[] = [];
  let [line, behind] = [1, 0];
  for (const { start, end } of spansOf(text, marker)) {
    const before = text.slice(behind, start);
    const slice = text.slice(start, end);
    const breaksBefore = lineBreaksIn(before);
    line += breaksBefore;
    objects.push({ line, text: slice, values: valuesOf(slice) });
    const breaks = lineBreaksIn(slice);
    line += breaks;
    rest.push(isOnlySeparators(before) ? "\n".repeat(breaksBefore) : before, "\n".repeat(breaks));
    behind = end;
  }
  rest.push(text.slice(behind));
  return { objects, rest: rest.join("") };
};
