// The same calls as the older AFD events 1 - 41 tell them: one record a call, no enter and exit, addresses as
// plain numbers (etl-format 4.1, "Vista-style ids"). The reference leaves open how the port's bytes lie; they
// are in network order here, as in every socket address.

import { layoutOf } from "../layout-table.ts";
import type { FieldValues } from "../payload.ts";
import { addressBytes, type Endpoint, familyOf, isIpv6, networkOrder } from "../socket-address.ts";
import { logManifest, nextCall, type Process, type Story, threadOf } from "../story.ts";
import { takePort } from "./ports.ts";
import { type Socket, type SocketOptions, silentSocket } from "./sockets.ts";
import { STATUS } from "./statuses.ts";

const log = (tale: Story, socket: Socket, id: number, values: FieldValues): void => {
  const common = { Process: socket.process.eprocess, Endpoint: socket.endpoint };
  logManifest(
    tale,
    threadOf(tale, socket.process),
    layoutOf("afd", id, 0),
    { ...common, ...values },
    {
      bits: socket.process.bits,
      keyword: 0x8000_0000_0000_0004n,
    },
  );
};

const addressValues = ({ address, port }: Endpoint): FieldValues => {
  const bytes = addressBytes(address);
  const number = new DataView(bytes.buffer).getUint32(0, true);
  return { Address: isIpv6(address) ? bytes : number, Port: networkOrder(port) };
};

export const opensVista = (tale: Story, process: Process, options: SocketOptions = {}): Socket => {
  nextCall(tale);
  const socket = silentSocket(tale, process, options);
  log(tale, socket, 1, {
    AddressFamily: familyOf(socket.local),
    SocketType: socket.protocol === "tcp" ? 1 : 2,
    Protocol: socket.protocol === "tcp" ? 6 : 17,
    UserModePid: process.processId,
  });
  return socket;
};

/** A bind that fails is told by event 40 alone, or by 2 / 3 with its status: documentation shows both. */
export const bindsVista = (tale: Story, socket: Socket, failure: "own event" | "status" = "own event"): number => {
  nextCall(tale);
  const port = takePort(tale.pools[socket.protocol], tale.now);
  const status = port === null ? STATUS.tooManyAddresses : STATUS.success;
  socket.port = port ?? 0;
  if (port === null && failure === "own event") {
    log(tale, socket, 40, { Error: status });
    return status;
  }
  const id = isIpv6(socket.local) ? 3 : 2;
  log(tale, socket, id, { ...addressValues({ address: socket.local, port: socket.port }), Status: status });
  return status;
};

export const connectsVista = (tale: Story, socket: Socket, remote: Endpoint): void => {
  nextCall(tale);
  log(tale, socket, isIpv6(remote.address) ? 5 : 4, addressValues(remote));
  log(tale, socket, 6, { Error: STATUS.success });
};

export const closesVista = (tale: Story, socket: Socket): void => {
  nextCall(tale);
  log(tale, socket, 14, {});
  log(tale, socket, 13, {});
};
