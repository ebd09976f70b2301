// The documented layouts: the text parses, and what is encoded by it lies at the offsets it names.

import { describe, expect, test } from "@jest/globals";
import { layoutIn } from "../../builders/eras.ts";
import { allLayouts, type Layout, layoutOf, parseLayouts } from "../../builders/layout-table.ts";
import { encodePayload } from "../../builders/payload.ts";
import { socketAddress } from "../../builders/socket-address.ts";

const nameOf = (layout: Layout): string => `${layout.provider} ${layout.id} v${layout.version}`;

const sizeBefore = (layout: Layout, index: number, pointerSize: 4 | 8): number =>
  encodePayload({ ...layout, fields: layout.fields.slice(0, index) }, {}, pointerSize).length;

describe("the layout text", () => {
  test("has every event of the reference once", () => {
    const names = allLayouts().map(nameOf);
    expect(new Set(names).size).toBe(names.length);
    const count = (provider: string): number => allLayouts().filter((each) => each.provider === provider).length;
    expect(count("afd")).toBe(34 + 41);
    expect(count("tcpip")).toBe(174);
    expect(count("process")).toBe(5 * 3 + 1);
  });

  test.each(allLayouts().map((layout) => [nameOf(layout), layout] as const))(
    "%s lies where its offsets say",
    (_, layout) => {
      for (const [index, field] of layout.fields.entries()) {
        if (field.offsets === null) continue;
        expect(sizeBefore(layout, index, 8)).toBe(field.offsets[64]);
        expect(sizeBefore(layout, index, 4)).toBe(field.offsets[32]);
      }
    },
  );

  test("refuses what is not in its notation", () => {
    expect(() => parseLayouts("afd", "1 | 0 | X | Status:dword")).toThrow(SyntaxError);
    expect(() => layoutOf("afd", 1008, 0)).toThrow(RangeError);
  });

  test("knows which version a release writes", () => {
    expect(layoutIn("Win7", "tcpip", 1300)?.version).toBe(0);
    expect(layoutIn("21H1", "tcpip", 1300)?.version).toBe(1);
    expect(layoutIn("W11-24H2", "tcpip", 1300)?.version).toBe(3);
    expect(layoutIn("Win7", "tcpip", 1394)).toBeNull();
  });
});

describe("payloads", () => {
  test("of AfdCreate, byte by byte", () => {
    const values = {
      EnterExit: 1,
      Location: 1012,
      Process: 0x1122334455n,
      Endpoint: 2n,
      ProcessId: 4120,
      Status: 0xc000009a,
    };
    const wide = encodePayload(layoutOf("afd", 1000, 0), values, 8);
    const view = new DataView(wide.buffer);
    expect(wide.length).toBe(48);
    expect(view.getBigUint64(8, true)).toBe(0x1122334455n);
    expect(view.getBigUint64(36, true)).toBe(4120n);
    expect(view.getUint32(44, true)).toBe(0xc000009a);
    const narrow = encodePayload(layoutOf("afd", 1000, 0), values, 4);
    expect(narrow.length).toBe(36);
    expect(new DataView(narrow.buffer).getUint32(8, true)).toBe(0x22334455);
  });

  test("measure their addresses", () => {
    const address = socketAddress({ address: "2001:db8::1", port: 443 });
    const payload = encodePayload(layoutOf("tcpip", 1006, 1), { LocalAddress: address, Status: 0xc0000209 }, 8);
    const view = new DataView(payload.buffer);
    expect(view.getUint32(8, true)).toBe(28);
    expect(view.getUint16(12, true)).toBe(23);
    expect(view.getUint16(14, false)).toBe(443);
    expect(view.getUint32(40, true)).toBe(0xc0000209);
    expect(payload.length).toBe(44);
  });

  test("refuse a field that the event does not have", () => {
    expect(() => encodePayload(layoutOf("afd", 1001, 0), { Port: 1 }, 8)).toThrow("no field Port");
  });

  test("write IPv4-mapped addresses of dual-stack sockets", () => {
    const bytes = socketAddress({ address: "::ffff:10.0.0.80", port: 0 });
    expect([...bytes.subarray(16, 24)]).toEqual([0, 0, 0xff, 0xff, 10, 0, 0, 80]);
  });
});
