/**
 * One failed call is often reported twice: by TCPIP, which found no port, and by AFD, which completes the call with the
 * same status. A report waits here for its twin for a moment, then goes on as one call with one or two witnesses.
 *
 * Twins have the same operation and status, and contradict each other in nothing else. The same thread is the stronger sign, since both are logged in the
 * caller's thread as a rule; where completions run elsewhere, the latest report of the other witness is taken.
 */
import { type FailedCall, PORT_UNKNOWN, type Witness } from "../model/call.ts";

export interface WitnessedCall {
  readonly call: FailedCall;
  readonly hasAfd: boolean;
  readonly hasTcpip: boolean;
  /** Time of the first and the last report of it. */
  readonly firstTicks: number;
  readonly lastTicks: number;
}

export interface Witnesses {
  readonly report: (witness: Witness, call: FailedCall) => void;
  /** Passes on what still waits. */
  readonly flush: () => void;
}

/** Longest time between the two reports of one call. They are microseconds apart in practice; a choice on the safe side. */
const TWIN_SECONDS = 1;
const MAX_WAITING = 64;

/** Two statements that do not contradict each other; null and "unknown" state nothing. */
const agree = (a: string | number | null | undefined, b: string | number | null | undefined): boolean =>
  a === b || a === null || b === null || a === undefined || b === undefined || a === "unknown" || b === "unknown";

const isCompatible = (a: FailedCall, b: FailedCall): boolean => {
  if (a.status !== b.status || a.operation !== b.operation || !agree(a.protocol, b.protocol)) return false;
  if (!agree(a.remote, b.remote)) return false;
  // For binds TCPIP names no owner: the PID is that of the thread, which proves nothing.
  return a.operation !== "connect" || agree(a.process?.processId, b.process?.processId);
};

/** AFD knows the owner and what was asked for; TCPIP fills what AFD does not say. */
const unite = (afd: FailedCall, tcpip: FailedCall): FailedCall => ({
  ...afd,
  protocol: afd.protocol === "unknown" ? tcpip.protocol : afd.protocol,
  process: afd.process ?? tcpip.process,
  requestedPort: afd.requestedPort === PORT_UNKNOWN ? tcpip.requestedPort : afd.requestedPort,
  local: afd.local ?? tcpip.local,
  remote: afd.remote ?? tcpip.remote,
});

export const createWitnesses = (ticksPerSecond: number, onCall: (call: WitnessedCall) => void): Witnesses => {
  const waiting: WitnessedCall[] = [];
  const alone = { afd: 0, tcpip: 0 };

  const note = ({ hasAfd, hasTcpip }: WitnessedCall, by: number): void => {
    if (hasAfd && !hasTcpip) alone.afd += by;
    if (hasTcpip && !hasAfd) alone.tcpip += by;
  };

  const passOldest = (): void => {
    const oldest = waiting.shift();
    if (oldest === undefined) return;
    note(oldest, -1);
    onCall(oldest);
  };

  const findTwin = (call: FailedCall, isAfd: boolean): number => {
    const isTwin = (other: WitnessedCall): boolean =>
      (isAfd ? !other.hasAfd : !other.hasTcpip) && isCompatible(other.call, call);
    const sameThread = waiting.findLastIndex((other) => isTwin(other) && other.call.threadId === call.threadId);
    return sameThread >= 0 ? sameThread : waiting.findLastIndex(isTwin);
  };

  const join = (index: number, call: FailedCall, isAfd: boolean): void => {
    const other = waiting[index] as WitnessedCall;
    note(other, -1);
    waiting[index] = {
      call: isAfd ? unite(call, other.call) : unite(other.call, call),
      hasAfd: true,
      hasTcpip: true,
      firstTicks: other.firstTicks,
      lastTicks: call.ticks,
    };
  };

  return {
    report: (witness, call) => {
      while (
        waiting.length > 0 &&
        (waiting.length >= MAX_WAITING ||
          call.ticks - (waiting[0] as WitnessedCall).call.ticks > ticksPerSecond * TWIN_SECONDS)
      )
        passOldest();
      const isAfd = witness === "afd";
      const index = (isAfd ? alone.tcpip : alone.afd) > 0 ? findTwin(call, isAfd) : -1;
      if (index >= 0) return join(index, call, isAfd);
      const added: WitnessedCall = {
        call,
        hasAfd: isAfd,
        hasTcpip: !isAfd,
        firstTicks: call.ticks,
        lastTicks: call.ticks,
      };
      waiting.push(added);
      note(added, 1);
    },
    flush: () => {
      while (waiting.length > 0) passOldest();
    },
  };
};
