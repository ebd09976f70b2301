// What AFD answers to GET_ADDRESS (0x1202F) for each kind of socket. Source: handles reference, section 3: a SOCKADDR, or a
// TDI_ADDRESS_INFO with one at offset 10; families 1 (AF_UNIX), 32 (Bluetooth) and 34 (Hyper-V) hold no port.

import { byteSink, bytesOf, putAnsiz, putBytes, putFill, putU16, putU32, putZeros } from "../byte-sink.ts";
import { type Endpoint, socketAddress } from "../socket-address.ts";

export const AF = { unix: 1, inet: 2, inet6: 23, bluetooth: 32, hyperV: 34 } as const;

/** `activity` is a use count; a small one looks like an address family. */
export const tdiAddress = (endpoint: Endpoint, activity = 3): Uint8Array => {
  const address = socketAddress(endpoint);
  const sink = byteSink(40);
  putU32(sink, activity);
  putU32(sink, 1);
  putU16(sink, address.length - 2);
  putBytes(sink, address);
  return bytesOf(sink);
};

/** sockaddr_un of afunix.h: a family and a path of 108 bytes. */
export const unixAddress = (path: string): Uint8Array => {
  const sink = byteSink(110);
  putU16(sink, AF.unix);
  putAnsiz(sink, path);
  putZeros(sink, 110 - sink.length);
  return bytesOf(sink);
};

/** SOCKADDR_HV of hvsocket.h: two GUIDs. Their bytes are such that a port read at offset 2 would be one of the pool. */
export const hyperVAddress = (): Uint8Array => {
  const sink = byteSink(36);
  putU16(sink, AF.hyperV);
  putU16(sink, 0x50c3);
  putFill(sink, 32, 0xc3);
  return bytesOf(sink);
};

/** SOCKADDR_BTH of ws2bth.h, 30 bytes. */
export const bluetoothAddress = (): Uint8Array => {
  const sink = byteSink(30);
  putU16(sink, AF.bluetooth);
  putFill(sink, 28, 0xc4);
  return bytesOf(sink);
};
