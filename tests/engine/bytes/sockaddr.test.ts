// Socket addresses of every family that AFD and TCPIP log, whole and cut.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatEndpoint, readSockaddr, sockaddrPort } from "../../../engine/bytes/sockaddr.ts";
import { type Endpoint, socketAddress } from "../../builders/socket-address.ts";
import { bytesOfHex, placed } from "../support/views.ts";

const read = (bytes: Uint8Array) => {
  const { view, start } = placed(bytes);
  return { ...readSockaddr(view, start, bytes.length), onlyPort: sockaddrPort(view, start, bytes.length) };
};

const withScope = (bytes: Uint8Array, scope: number): Uint8Array => {
  const scoped = bytes.slice();
  new DataView(scoped.buffer).setUint32(24, scope, true);
  return scoped;
};

const V6 = socketAddress({ address: "fe80::1", port: 443 });

describe("a socket address", () => {
  test.each([
    ["IPv4", socketAddress({ address: "10.0.0.80", port: 443 }), "10.0.0.80:443"],
    ["IPv4, the wildcard", socketAddress({ address: "0.0.0.0", port: 0 }), "0.0.0.0:0"],
    [
      "IPv4 without its padding",
      socketAddress({ address: "10.0.0.80", port: 65_535 }).subarray(0, 8),
      "10.0.0.80:65535",
    ],
    ["IPv6", socketAddress({ address: "2001:db8::80", port: 443 }), "[2001:db8::80]:443"],
    ["IPv6, the wildcard", socketAddress({ address: "::", port: 0 }), "[::]:0"],
    ["IPv6 with zeros at its end", socketAddress({ address: "2001:db8::", port: 1 }), "[2001:db8::]:1"],
    [
      "IPv6 whose longest run of zeros is the second",
      socketAddress({ address: "2001:0:0:1::1", port: 1 }),
      "[2001:0:0:1::1]:1",
    ],
    [
      "IPv6 with one zero group, which is not shortened",
      socketAddress({ address: "1:2:3:0:5:6:7:8", port: 1 }),
      "[1:2:3:0:5:6:7:8]:1",
    ],
    ["IPv4-mapped", socketAddress({ address: "::ffff:10.0.0.80", port: 443 }), "[::ffff:10.0.0.80]:443"],
    ["IPv6 with a scope", withScope(V6, 12), "[fe80::1%12]:443"],
    ["IPv6 cut before the scope", V6.subarray(0, 24), "[fe80::1]:443"],
  ])("%s is written as people write it", (_, bytes, text) => {
    const address = read(bytes);
    expect(formatEndpoint(address)).toBe(text);
    expect(address.onlyPort).toBe(address.port);
  });

  test.each([
    ["AF_UNIX", bytesOfHex("0100 2f746d702f736f636b 00000000000000000000000000000000000000")],
    ["AF_BTH", bytesOfHex("2000 0102030405060708 0000000000000000 0000")],
    ["AF_HYPERV", bytesOfHex("2200 0000 00112233445566778899aabbccddeeff 00112233445566778899aabbccddeeff")],
    ["AF_VSOCK", bytesOfHex("2800 0000 01020304 05060708 00000000")],
    ["nothing", new Uint8Array(0)],
    ["a family and no more", bytesOfHex("0200")],
    ["IPv4 cut inside its address", socketAddress({ address: "10.0.0.80", port: 443 }).subarray(0, 7)],
    ["IPv6 cut inside its address", V6.subarray(0, 23)],
  ])("%s has neither port nor text", (_, bytes) => {
    const address = read(bytes);
    expect([address.port, address.address, address.onlyPort]).toEqual([null, null, -1]);
    expect(formatEndpoint(address)).toBeNull();
  });

  test("of any kind and length is read without looking behind it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(1, 2, 23, 34), (bytes, family) => {
        bytes.set([family, 0].slice(0, bytes.length));
        const exact = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        expect(sockaddrPort(exact, 0, bytes.length)).toBe(readSockaddr(exact, 0, bytes.length).port ?? -1);
      }),
    );
  });

  test("of IPv6 parses back to the same bytes", () => {
    const group = fc.oneof(
      { weight: 2, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }) },
    );
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), fc.nat({ max: 65_535 }), (groups, port) => {
        const bytes = socketAddress({ address: groups.map((value) => value.toString(16)).join(":"), port });
        const { address } = read(bytes);
        expect(socketAddress({ address: address ?? "", port } satisfies Endpoint)).toEqual(bytes);
      }),
    );
  });
});
