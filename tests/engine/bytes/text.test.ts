// Texts with a terminator, and without.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readAnsiz, readUtf16z } from "../../../engine/bytes/text.ts";
import { byteSink, bytesOf, putAnsiz, putBytes, putUtf16z } from "../../builders/byte-sink.ts";
import { placed, utf16 } from "../support/views.ts";

const TAIL = Uint8Array.of(0x41, 0x42, 0x43);

const written = (put: typeof putUtf16z, text: string): Uint8Array => {
  const sink = byteSink();
  put(sink, text);
  putBytes(sink, TAIL);
  return bytesOf(sink);
};

/** Any UTF-16, lone surrogates included, but the terminator. */
const anyText = fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.replaceAll("\0", "x"));
const latin1 = fc
  .array(fc.integer({ min: 1, max: 255 }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));

describe("a text with a terminator", () => {
  test("comes back as it was, in UTF-16", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { view, start, end } = placed(written(putUtf16z, text));
        expect(readUtf16z(view, start, end)).toEqual({ text, next: end - TAIL.length });
      }),
    );
  });

  test("comes back as it was, in Latin-1", () => {
    fc.assert(
      fc.property(latin1, (text) => {
        const { view, start, end } = placed(written(putAnsiz, text));
        expect(readAnsiz(view, start, end)).toEqual({ text, next: end - TAIL.length });
      }),
    );
  });

  test("ends at the end where the terminator is missing", () => {
    const wide = placed(utf16("svc.exe"));
    expect(readUtf16z(wide.view, wide.start, wide.end)).toEqual({ text: "svc.exe", next: wide.end });
    expect(readUtf16z(wide.view, wide.start, wide.end - 1)).toEqual({ text: "svc.ex", next: wide.end - 1 });
    expect(readAnsiz(wide.view, wide.start, wide.start + 1)).toEqual({ text: "s", next: wide.start + 1 });
    expect(readUtf16z(wide.view, wide.start, wide.start)).toEqual({ text: "", next: wide.start });
  });
});
