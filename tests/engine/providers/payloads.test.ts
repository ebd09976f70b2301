// decode(build(x)) = x: payloads built by the documented layouts, in both widths, come out of the engine's tables field
// by field as they went in.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatFiletime } from "../../../engine/bytes/filetime.ts";
import { decodeFields, type FieldType, type FieldValue } from "../../../engine/bytes/layout.ts";
import { concatenate } from "../../builders/byte-sink.ts";
import { encodePayload, type FieldValue as Given, type FieldValues, sidBytes } from "../../builders/payload.ts";
import { addressBytes, socketAddress } from "../../builders/socket-address.ts";
import { declaredEvents, documentedFor } from "../support/documented.ts";
import { placed } from "../support/views.ts";

type Case = { readonly given: Given; readonly shown: FieldValue };

const shown = <T>(
  value: fc.Arbitrary<T>,
  show: (value: T) => FieldValue,
  give: (value: T) => Given,
): fc.Arbitrary<Case> => value.map((each) => ({ given: give(each), shown: show(each) }));

const asIs = <T extends number | string | boolean>(value: fc.Arbitrary<T>): fc.Arbitrary<Case> =>
  shown(
    value,
    (each) => each,
    (each) => each,
  );

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const port = fc.integer({ min: 0, max: 65_535 });
const ipv4 = fc.tuple(...[0, 1, 2, 3].map(() => fc.nat({ max: 255 }))).map((parts) => parts.join("."));
const ipv6 = fc.constantFrom(
  "::",
  "::1",
  "2001:db8::80",
  "fe80::1:2:3:4",
  "::ffff:10.0.0.80",
  "1:2:3:4:5:6:7:8",
  "64:ff9b::a00:50",
);

const hex = (value: bigint, digits: number): string => `0x${value.toString(16).toUpperCase().padStart(digits, "0")}`;

const pointer = (size: 4 | 8): fc.Arbitrary<Case> =>
  shown(
    u64,
    (value) => hex(BigInt.asUintN(size * 8, value), size * 2),
    (value) => value,
  );

const UNIX_SOCKET = Uint8Array.of(1, 0, 0x2f, 0x73);

const address: fc.Arbitrary<Case> = fc.oneof(
  fc
    .record({ address: ipv4, port })
    .map((endpoint) => ({ given: socketAddress(endpoint), shown: `${endpoint.address}:${endpoint.port}` })),
  fc
    .record({ address: ipv6, port })
    .map((endpoint) => ({ given: socketAddress(endpoint), shown: `[${endpoint.address}]:${endpoint.port}` })),
  fc.constant({ given: new Uint8Array(0), shown: null }),
  fc.constant({ given: UNIX_SOCKET, shown: "01002f73" }),
);

const sid = fc
  .array(u32, { maxLength: 6 })
  .map((parts): Case => ({ given: sidBytes(5, ...parts), shown: ["S-1-5", ...parts].join("-") }));
// An identity without sub-authorities cannot be told from none, and nobody has it.
const user = fc.oneof(
  sid.filter(({ shown: text }) => text !== "S-1-5"),
  fc.constant({ given: new Uint8Array(0), shown: "" }),
);

const text = fc.string({ unit: "binary", maxLength: 30 }).map((each) => each.replaceAll("\0", "x"));
const latin1 = fc
  .array(fc.integer({ min: 1, max: 255 }), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));

const casesOf = (type: FieldType, size: 4 | 8): fc.Arbitrary<Case> => {
  const cases: Readonly<Record<FieldType, fc.Arbitrary<Case>>> = {
    u8: asIs(fc.nat({ max: 255 })),
    u16: asIs(port),
    u32: asIs(u32),
    i32: asIs(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    bool32: asIs(fc.boolean()),
    u64: shown(
      u64,
      (value) => value.toString(),
      (value) => value,
    ),
    filetime: shown(u64, formatFiletime, (value) => value),
    ptr: pointer(size),
    ip4: shown(
      ipv4,
      (each) => each,
      (each) => new DataView(addressBytes(each).buffer).getUint32(0, true),
    ),
    ip6: shown(ipv6, (each) => each, addressBytes),
    sockaddr: address,
    wstr: asIs(text),
    astr: asIs(latin1),
    sid,
    wbemsid: user,
  };
  return cases[type];
};

describe.each([4, 8] as const)("payloads with pointers of %i bytes", (size) => {
  const known = declaredEvents.flatMap((declared) => {
    const layout = documentedFor(declared);
    return layout === undefined
      ? []
      : [
          [
            `${declared.provider.name} ${declared.event.id} v${declared.event.version}`,
            declared.event.fields,
            layout,
          ] as const,
        ];
  });

  test.each(known)("%s", (_, fields, layout) => {
    const values = fc.record(Object.fromEntries(fields.map(([name, type]) => [name, casesOf(type, size)])));
    fc.assert(
      fc.property(values, fc.uint8Array({ maxLength: 9 }), (cases, more) => {
        const given: FieldValues = Object.fromEntries(Object.entries(cases).map(([name, each]) => [name, each.given]));
        // Bytes behind the layout, as later versions have them, change nothing.
        const { view, start, end } = placed(concatenate([encodePayload(layout, given, size), more]));
        const expected = Object.fromEntries(Object.entries(cases).map(([name, each]) => [name, each.shown]));
        expect(decodeFields(fields, { view, start, end, pointerSize: size })).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});
