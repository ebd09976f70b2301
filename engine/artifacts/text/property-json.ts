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

const endOfObject = (text: string, start: number): number => {
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
  return text.length;
};

const isObjectStart = (text: string, at: number): boolean => /^\{\s*"/.test(text.slice(at, at + 100));

/** Objects that hold `"marker"` and no list of others. */
const spansOf = (text: string, marker: string): readonly Span[] => {
  const spans: Span[] = [];
  let at = text.indexOf("{");
  while (at >= 0) {
    let next = at + 1;
    if (isObjectStart(text, at) && !isWrapper(text, at)) {
      const end = endOfObject(text, at);
      if (text.slice(at, end).toLowerCase().includes(marker)) spans.push({ start: at, end });
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

export const jsonObjectsOf = (text: string, property: string): readonly JsonObject[] => {
  const marker = `"${property}"`;
  if (!text.toLowerCase().includes(marker)) return [];
  let [line, counted] = [1, 0];
  return spansOf(text, marker).map(({ start, end }) => {
    for (; counted < start; counted += 1) if (text.charCodeAt(counted) === 10) line += 1;
    const slice = text.slice(start, end);
    return { line, text: slice, values: valuesOf(slice) };
  });
};
