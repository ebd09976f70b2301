/**
 * Events of source Tcpip in the System log that tell of ports. Ids and symbols: netevent.h; texts: Microsoft, "Troubleshoot
 * port exhaustion issues". They name neither a process nor a port. No rule of how often they are logged is published, and
 * they can stop while the shortage lasts (microsoft/WSL#3311): their absence proves nothing.
 */
import type { Transport } from "./socket-row.ts";

export interface PortEventMeaning {
  readonly protocol: Transport | null;
  readonly meaning: string;
  /** A request for any port was refused for want of one. */
  readonly provesExhaustion: boolean;
}

const MEANINGS: Readonly<Record<number, PortEventMeaning>> = {
  4226: {
    protocol: "tcp",
    meaning: "TCP/IP reached its limit of connections that are being opened (older Windows); not a lack of ports.",
    provesExhaustion: false,
  },
  4227: {
    protocol: "tcp",
    meaning:
      "An outgoing connection failed because its pair of local and remote endpoint was in use moments before; the pool may be far from full.",
    provesExhaustion: false,
  },
  4230: { protocol: "tcp", meaning: "TCP/IP reports that its performance may suffer.", provesExhaustion: false },
  4231: {
    protocol: "tcp",
    meaning: "A request for any port of the global TCP port space failed because all were in use.",
    provesExhaustion: true,
  },
  4265: { protocol: "udp", meaning: "TCP/IP reached a limit of UDP.", provesExhaustion: false },
  4266: {
    protocol: "udp",
    meaning: "A request for any port of the global UDP port space failed because all were in use.",
    provesExhaustion: true,
  },
};

/** Null for events that do not tell of ports. */
export const portEventMeaning = (id: number): PortEventMeaning | null => MEANINGS[id] ?? null;
