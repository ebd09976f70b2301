// SIDs, and the users of classic process events, which may be nobody.

import { describe, expect, test } from "@jest/globals";
import { readSid, readWbemSid } from "../../../engine/bytes/sid.ts";
import { concatenate } from "../../builders/byte-sink.ts";
import { sidBytes } from "../../builders/payload.ts";
import { placed, utf16 } from "../support/views.ts";

const SYSTEM = sidBytes(5, 18);
const USER = sidBytes(5, 21, 0xffff_ffff, 2, 3, 1001);
const NAME = utf16("a.exe");

describe("a SID", () => {
  test.each([
    [SYSTEM, "S-1-5-18"],
    [USER, "S-1-5-21-4294967295-2-3-1001"],
    [sidBytes(16, 8192), "S-1-16-8192"],
    [sidBytes(0), "S-1-0"],
  ])("is read as people write it", (bytes, text) => {
    const { view, start, end } = placed(bytes);
    expect(readSid(view, start, end)).toEqual({ text, next: end });
  });

  test("has an authority of 48 bits, big-endian", () => {
    const bytes = sidBytes(0);
    bytes.set([0x01, 0, 0, 0, 0, 0x02], 2);
    const { view, start, end } = placed(bytes);
    expect(readSid(view, start, end)?.text).toBe(`S-1-${2 ** 40 + 2}`);
  });

  test("is none where it is cut or has more parts than a SID can have", () => {
    const { view, start, end } = placed(USER);
    for (let cut = start; cut < end; cut += 1) expect(readSid(view, start, cut)).toBeNull();
    const many = placed(concatenate([Uint8Array.of(1, 16), new Uint8Array(100)]));
    expect(readSid(many.view, many.start, many.end)).toBeNull();
  });
});

describe.each([4, 8] as const)("the user of a classic process event with pointers of %i bytes", (size) => {
  const tokenUser = (pointer: number): Uint8Array =>
    Uint8Array.from({ length: size * 2 }, (_, index) => (index < 4 ? pointer : 0));

  test.each([
    ["behind a pointer", 0x40],
    ["behind a pointer that is null", 0],
  ])("is the SID %s", (_, pointer) => {
    const { view, start, end } = placed(concatenate([tokenUser(pointer), SYSTEM, NAME]));
    expect(readWbemSid(view, start, end, size)).toEqual({ text: "S-1-5-18", next: end - NAME.length });
  });

  test("is nobody where there is a zero alone, and what follows is not swallowed", () => {
    const { view, start, end } = placed(concatenate([new Uint8Array(4), NAME]));
    expect(readWbemSid(view, start, end, size)).toEqual({ text: "", next: start + 4 });
  });

  test("is nobody where a command line reads like a SID by chance: it may have any text", () => {
    // "ab.exe", then U+0101, whose two bytes are those of a SID with one part, at every place that a SID could have.
    const name = concatenate([Uint8Array.of(0x61, 0x62, 0x2e, 0x65, 0x78, 0x65, 0), new Uint8Array(30).fill(1)]);
    const { view, start, end } = placed(concatenate([new Uint8Array(4), name]));
    expect(readWbemSid(view, start, end, size)).toEqual({ text: "", next: start + 4 });
  });

  test("is not read beyond the end", () => {
    const { view, start, end } = placed(concatenate([tokenUser(0x40), SYSTEM]));
    for (let cut = start; cut < end; cut += 1) expect(readWbemSid(view, start, cut, size)).toBeNull();
  });
});
