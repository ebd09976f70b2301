// What the port tables say of a machine's sockets (handles reference, section 4, "What each source sees"): bound sockets are
// in a table of their own only, TIME_WAIT has PID 0, a creator is named dead or alive, accepted connections have rows too.

import type { Family, Machine, Protocol, Socket } from "../machine.ts";
import { TCP_STATE, type TcpRow, type TcpState } from "../tcp-table.ts";
import type { UdpRow } from "../udp-table.ts";

const ANY = { ipv4: "0.0.0.0", ipv6: "::" } as const;

const isOf =
  (protocol: Protocol, family: Family) =>
  (socket: Socket): boolean =>
    socket.protocol === protocol &&
    socket.state !== "unbound" &&
    socket.local.address.includes(":") === (family === "ipv6");

const stateNumber = (state: Socket["state"]): number => TCP_STATE[state as TcpState];

const tcpRow = (socket: Socket, family: Family): TcpRow => ({
  local: socket.local,
  remote: socket.remote ?? { address: ANY[family], port: 0 },
  state: stateNumber(socket.state),
  processId: socket.state === "timeWait" ? 0 : socket.creator,
  created: socket.state === "timeWait" ? 0n : socket.created,
});

/** Created under Wine is 0: its tables come from the host's. */
const asTold = <Row extends { readonly created: bigint }>(box: Machine, row: Row): Row =>
  box.options.wine ? { ...row, created: 0n } : row;

export const tcpRows = (box: Machine, family: Family): readonly TcpRow[] =>
  box.sockets
    .filter(isOf("tcp", family))
    .filter(({ state }) => state !== "bound")
    .map((socket) => asTold(box, tcpRow(socket, family)));

/** Sockets bound and no more, and the binds behind connections. */
export const boundRows = (box: Machine, family: Family): readonly TcpRow[] =>
  box.sockets
    .filter(isOf("tcp", family))
    .filter(({ state, hasBoundTwin }) => state === "bound" || hasBoundTwin)
    .map(({ local, state, creator, created }) => ({
      local: state === "bound" ? local : { address: ANY[family], port: local.port },
      remote: { address: ANY[family], port: 0 },
      state: TCP_STATE.bound,
      processId: creator,
      created,
    }));

export const udpRows = (box: Machine, family: Family): readonly UdpRow[] =>
  box.sockets
    .filter(isOf("udp", family))
    .map(({ local, creator, created, isExplicit }) => asTold(box, { local, processId: creator, created, isExplicit }));
