// SOCK_SHARED_INFO, what AFD answers to GET_CONTEXT (0x12043): 0x78 bytes that mswsock keeps in the kernel for a socket,
// then its addresses. Source: handles reference, section 3 (table of offsets).

import { byteSink, bytesOf, putBytes, putU16, putU32, putZeros } from "../byte-sink.ts";

export const CONTEXT_BYTES = 0x78;

export const SOCKET_TYPE = { stream: 1, datagram: 2, raw: 3 } as const;
export const IP_PROTOCOL = { icmp: 1, tcp: 6, udp: 17 } as const;

export const SHARED_STATE = { open: 0, bound: 1, connected: 3, closing: 4 } as const;

const LISTENING = 0x0001;
const TLI = 0x1000;

export type SharedInfo = {
  readonly state: number;
  readonly family: number;
  readonly socketType: number;
  readonly ipProtocol: number;
  readonly isListening: boolean;
  /** Local and remote address behind the fixed part. */
  readonly tail?: Uint8Array;
};

export const sharedInfo = ({ state, family, socketType, ipProtocol, isListening, tail }: SharedInfo): Uint8Array => {
  const sink = byteSink(CONTEXT_BYTES);
  putU32(sink, state);
  putU32(sink, family);
  putU32(sink, socketType);
  putU32(sink, ipProtocol);
  putU32(sink, tail === undefined ? 0 : 16);
  putU32(sink, 0);
  putZeros(sink, 0x2c - sink.length);
  putU16(sink, TLI | (isListening ? LISTENING : 0));
  putU16(sink, 0);
  // WSA_FLAG_OVERLAPPED, and the catalogue entry of MSAFD Tcpip.
  putU32(sink, 1);
  putU32(sink, 1001);
  putZeros(sink, CONTEXT_BYTES - sink.length);
  if (tail !== undefined) putBytes(sink, tail);
  return bytesOf(sink);
};
