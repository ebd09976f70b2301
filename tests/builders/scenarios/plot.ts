// The turns that many stories share, told in the words of their programs.

import { type BindOptions, binds, closes, connects } from "../story/calls.ts";
import { opens, type Socket, type SocketOptions } from "../story/sockets.ts";
import type { Process, Story } from "../story.ts";

export const WEB = { address: "10.0.0.80", port: 443 } as const;

const times = <Result>(count: number, turn: (index: number) => Result): Result[] =>
  Array.from({ length: count }, (_, index) => turn(index));

/** Sockets bound to port 0 and kept. */
export const takesPorts = (tale: Story, process: Process, count: number, options: SocketOptions = {}): Socket[] =>
  times(count, () => {
    const socket = opens(tale, process, options);
    binds(tale, socket);
    return socket;
  });

/** Connections over a bound port, kept open. */
export const keepsConnections = (tale: Story, process: Process, count: number): Socket[] =>
  times(count, (index) => {
    const socket = opens(tale, process);
    binds(tale, socket);
    connects(tale, socket, { address: `10.0.1.${1 + (index % 200)}`, port: 443 }, { ex: true });
    return socket;
  });

/** One connection after the other, each closed before the next. */
export const visits = (tale: Story, process: Process, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const socket = opens(tale, process);
    binds(tale, socket);
    connects(tale, socket, WEB, { ex: true });
    closes(tale, socket);
  }
};

/** Binds in vain, or as the options say, and closes the socket. */
export const triesToBind = (
  tale: Story,
  process: Process,
  count: number,
  options: BindOptions & SocketOptions = {},
): void => {
  for (let index = 0; index < count; index += 1) {
    const socket = opens(tale, process, options);
    binds(tale, socket, options);
    closes(tale, socket);
  }
};

/** Connects without a bind of its own, and closes the socket if that fails. */
export const triesToConnect = (tale: Story, process: Process, count: number, status?: number): void => {
  for (let index = 0; index < count; index += 1) {
    const socket = opens(tale, process);
    const result = connects(tale, socket, WEB, status === undefined ? {} : { status });
    if (result !== 0) closes(tale, socket);
  }
};
