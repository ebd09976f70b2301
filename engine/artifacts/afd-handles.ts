/**
 * afd-handles.bin: what each AFD handle answered (docs/capture-format.md). SOCK_SHARED_INFO, the answer to
 * IOCTL_AFD_GET_CONTEXT, is written by mswsock in user mode: the local address of the transport is trusted over it. Source of its
 * layout: System Informer's ntafd.h; Hunt & Hackett, "Improving AFD socket visibility".
 */
import type { SocketAddress } from "../bytes/sockaddr.ts";
import { socketKind, type Protocol } from "../model/protocol.ts";
import { readAfdAddress } from "./afd-address.ts";
import { viewOf } from "./raw-table.ts";

export type AfdState = "listening" | "connected" | "idle";

/** What a socket says of itself. */
export interface AfdSocket {
  readonly family: number;
  readonly protocol: Protocol;
  readonly isInternet: boolean;
  /** Null where nobody says. */
  readonly state: AfdState | null;
}

export interface AfdHandle {
  readonly processId: number;
  /** Address of the file object as a key; null where Windows hides it. */
  readonly object: bigint | null;
  /** Handles to it in the whole system; 0 where that is not known. */
  readonly handleCount: number;
  /** Null where it is not bound, or was not asked, or did not answer. */
  readonly address: SocketAddress | null;
  /** Null where it is no socket, or did not answer. */
  readonly socket: AfdSocket | null;
  /** Both questions were asked and refused: an AFD handle that is no socket. */
  readonly isHelper: boolean;
}

export interface AfdHandles {
  readonly rows: number;
  readonly problems: readonly string[];
  readonly handles: readonly AfdHandle[];
}

const HEADER_BYTES = 56;
const NOT_ASKED = 0xffffffff;
const STATUS_TIMEOUT = 0x102;
const STATUS_BUFFER_OVERFLOW = 0x80000005;

const CONTEXT_READ = 0x30;
const SHARED_INFO = { state: 0x00, family: 0x04, type: 0x08, protocol: 0x0c, flags: 0x2c } as const;
const STATE_CONNECTED = 3;
const FLAG_LISTENING = 1;

const wasAnswered = (status: number): boolean => status !== NOT_ASKED && status !== STATUS_TIMEOUT;
const hasSucceeded = (status: number): boolean => status === 0 || status === STATUS_BUFFER_OVERFLOW;

const socketOf = (family: number, type: number, protocol: number, state: AfdState | null): AfdSocket => ({
  family,
  ...socketKind(family, type, protocol),
  state,
});

const contextState = (state: number, flags: number): AfdState => {
  if ((flags & FLAG_LISTENING) !== 0) return "listening";
  return state === STATE_CONNECTED ? "connected" : "idle";
};

const readContext = (view: DataView, at: number): AfdSocket => {
  const field = (offset: number): number => view.getInt32(at + offset, true);
  const state = contextState(field(SHARED_INFO.state), view.getUint16(at + SHARED_INFO.flags, true));
  return socketOf(field(SHARED_INFO.family), field(SHARED_INFO.type), field(SHARED_INFO.protocol), state);
};

const KIND_BYTES = 16;
const KIND_STATES = ["idle", "listening", "connected"] as const;

/** Wine's own answers, as the collector joined them. */
const readKind = (view: DataView, at: number): AfdSocket =>
  socketOf(
    view.getInt32(at, true),
    view.getInt32(at + 4, true),
    view.getInt32(at + 8, true),
    KIND_STATES[view.getInt32(at + 12, true)] ?? null,
  );

interface Parts {
  readonly address: number;
  readonly addressBytes: number;
  readonly context: number;
  readonly contextBytes: number;
  readonly kind: number;
  readonly kindBytes: number;
}

const partsOf = (view: DataView, row: number): Parts => {
  const [nameBytes, addressBytes, contextBytes, kindBytes] = [48, 50, 52, 54].map((offset) =>
    view.getUint16(row + offset, true),
  ) as [number, number, number, number];
  const address = row + HEADER_BYTES + nameBytes;
  const context = address + addressBytes;
  return { address, addressBytes, context, contextBytes, kind: context + contextBytes, kindBytes };
};

const socketAt = (view: DataView, parts: Parts, contextStatus: number): AfdSocket | null => {
  if (parts.kindBytes >= KIND_BYTES) return readKind(view, parts.kind);
  if (hasSucceeded(contextStatus) && parts.contextBytes >= CONTEXT_READ) return readContext(view, parts.context);
  return null;
};

const HIDDEN_OBJECT = 0n;

const readRow = (view: DataView, row: number, parts: Parts): AfdHandle => {
  const object = view.getBigUint64(row + 16, true);
  const addressStatus = view.getUint32(row + 40, true);
  const contextStatus = view.getUint32(row + 44, true);
  const isAddressRead = hasSucceeded(addressStatus) && wasAnswered(addressStatus);
  const socket = socketAt(view, parts, contextStatus);
  return {
    processId: view.getUint32(row + 4, true),
    object: object === HIDDEN_OBJECT ? null : object,
    handleCount: view.getUint32(row + 28, true),
    address: isAddressRead ? readAfdAddress(view, parts.address, parts.addressBytes) : null,
    socket,
    isHelper: socket === null && !isAddressRead && wasAnswered(addressStatus) && wasAnswered(contextStatus),
  };
};

/** A row that does not fit ends the reading: what follows it cannot be told apart. */
export const decodeAfdHandles = (bytes: Uint8Array): AfdHandles => {
  const view = viewOf(bytes);
  const handles: AfdHandle[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= bytes.byteLength) {
    const rowBytes = view.getUint32(at, true);
    const parts = partsOf(view, at);
    if (rowBytes < HEADER_BYTES || at + rowBytes > bytes.byteLength || parts.kind + parts.kindBytes > at + rowBytes)
      break;
    handles.push(readRow(view, at, parts));
    at += rowBytes;
  }
  const problems =
    at === bytes.byteLength ? [] : [`Row ${handles.length + 1} at offset ${at} is cut short or damaged.`];
  return { rows: handles.length, problems, handles };
};
