// SOCKADDR bytes, as they stand in AFD's and TCPIP's events: family little-endian, port big-endian
// (etl-format 4.1, "SOCKADDR in Address").

import { byteSink, bytesOf, putBytes, putU8, putU16, putU32, putZeros } from "./byte-sink.ts";

const AF_INET = 2;
const AF_INET6 = 23;

export type Endpoint = { readonly address: string; readonly port: number };

export const isIpv6 = (address: string): boolean => address.includes(":");

export const familyOf = (address: string): number => (isIpv6(address) ? AF_INET6 : AF_INET);

const ipv4Bytes = (text: string): Uint8Array => Uint8Array.from(text.split("."), Number);

const groups = (text: string): number[] =>
  text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));

/** `a:b::c` and the v4-mapped `::ffff:1.2.3.4`; nothing but what the scenarios write. */
const ipv6Bytes = (text: string): Uint8Array => {
  const sink = byteSink(16);
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/.exec(text)?.[1];
  if (mapped !== undefined) {
    putZeros(sink, 10);
    putU16(sink, 0xffff);
    putBytes(sink, ipv4Bytes(mapped));
    return bytesOf(sink);
  }
  const [head = "", tail] = text.split("::");
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const gap = tail === undefined ? [] : new Array<number>(8 - left.length - right.length).fill(0);
  for (const group of [...left, ...gap, ...right]) {
    putU8(sink, group >> 8);
    putU8(sink, group & 0xff);
  }
  return bytesOf(sink);
};

export const addressBytes = (address: string): Uint8Array =>
  isIpv6(address) ? ipv6Bytes(address) : ipv4Bytes(address);

export const networkOrder = (port: number): number => ((port & 0xff) << 8) | (port >> 8);

export const socketAddress = ({ address, port }: Endpoint): Uint8Array => {
  const sink = byteSink(28);
  putU16(sink, familyOf(address));
  putU16(sink, networkOrder(port));
  if (isIpv6(address)) {
    putU32(sink, 0);
    putBytes(sink, addressBytes(address));
    putU32(sink, 0);
  } else {
    putBytes(sink, addressBytes(address));
    putZeros(sink, 8);
  }
  return bytesOf(sink);
};
