/** Who asked for connections to which remote endpoint: a port in TIME_WAIT names its peer and no process any more. */
import { canonical, type TrackedProcess } from "../model/process.ts";
import { NO_REMOTE, type Remotes } from "./remotes.ts";

export interface Connectors {
  readonly add: (remote: number, process: TrackedProcess) => void;
  /** Looks up a remote endpoint by its text: the one process that asked for it, null for several or none. */
  readonly sole: () => (remote: string) => TrackedProcess | null;
}

/** Entries of one process are two or three, its address and a PID that was not joined to it yet. */
const SEVERAL = 8;

/** One peer has one text here: IPv4 over an IPv6 socket is IPv4 in port tables, and zones have other numbers there or none. */
export const peerText = (endpoint: string): string =>
  endpoint.replace(/^\[::ffff:(\d+\.\d+\.\d+\.\d+)\]/i, "$1").replace(/%[^\]]*\]/, "]");

export const createConnectors = (remotes: Remotes): Connectors => {
  const first: (TrackedProcess | undefined)[] = [];
  const others = new Map<number, TrackedProcess[]>();

  const soleOf = (remote: number, process: TrackedProcess): TrackedProcess | null => {
    const one = canonical(process);
    const more = others.get(remote) ?? [];
    return more.length < SEVERAL && more.every((other) => canonical(other) === one) ? one : null;
  };

  return {
    add: (remote, process) => {
      if (remote === NO_REMOTE) return;
      const known = first[remote];
      if (known === undefined) first[remote] = process;
      else if (known !== process) {
        const more = others.get(remote);
        // Two entries may turn out to be one process, as a PID and an address do.
        if (more === undefined) others.set(remote, [process]);
        else if (more.length < SEVERAL && !more.includes(process)) more.push(process);
      }
    },
    sole: () => {
      let byText: Map<string, TrackedProcess | null> | undefined;
      const build = (): Map<string, TrackedProcess | null> => {
        const owners = new Map<string, TrackedProcess | null>();
        first.forEach((process, remote) => {
          const text = remotes.text(remote);
          if (process === undefined || text === null) return;
          const peer = peerText(text);
          const owner = soleOf(remote, process);
          owners.set(peer, owners.has(peer) && owners.get(peer) !== owner ? null : owner);
        });
        return owners;
      };
      return (remote) => {
        byText ??= build();
        return byText.get(peerText(remote)) ?? null;
      };
    },
  };
};
