// The same machine as somebody sees it who has no collector: what netstat and netsh print.

import type { End, Machine, Protocol, Socket } from "../machine.ts";
import { dynamicPortText, excludedPortText } from "../netsh-text.ts";
import { type NetstatLine, netstatText } from "../netstat-text.ts";
import type { TcpState } from "../tcp-table.ts";

const endText = ({ address, port }: End): string => `${address.includes(":") ? `[${address}]` : address}:${port}`;

const nobody = ({ address }: End): string => (address.includes(":") ? "[::]:0" : "0.0.0.0:0");

const udpLine = ({ local, creator }: Socket): NetstatLine => ({
  protocol: "udp",
  local: endText(local),
  remote: "*:*",
  state: null,
  processId: creator,
});

const tcpLine = ({ local, remote, state, creator }: Socket): NetstatLine => ({
  protocol: "tcp",
  local: endText(local),
  remote: remote === null ? nobody(local) : endText(remote),
  state: state as TcpState,
  processId: state === "timeWait" ? 0 : creator,
});

/** With -q the bound sockets too: those that are bound and no more, and the binds behind connections. */
export const netstatLines = (box: Machine, options: { readonly q: boolean }): readonly string[] => {
  const sockets = box.sockets.filter(({ state }) => state !== "unbound");
  const tcp = sockets.filter(({ protocol, state }) => protocol === "tcp" && (options.q || state !== "bound"));
  const twins = tcp.filter(({ hasBoundTwin }) => options.q && hasBoundTwin);
  const lines = [
    ...tcp.map(tcpLine),
    ...twins.map((socket) =>
      tcpLine({
        ...socket,
        local: { address: socket.local.address.includes(":") ? "::" : "0.0.0.0", port: socket.local.port },
        remote: null,
        state: "bound",
      }),
    ),
    ...sockets.filter(({ protocol }) => protocol === "udp").map(udpLine),
  ];
  return netstatText(lines, box.options.language);
};

export const dynamicPortLines = (box: Machine, protocol: Protocol): readonly string[] => {
  const { start, ports } = box.ranges[`${protocol}-ipv4`];
  return dynamicPortText(start, ports, { language: box.options.language, protocol });
};

export const excludedPortLines = (box: Machine, protocol: Protocol): readonly string[] =>
  excludedPortText(
    box.exclusions.filter((each) => each.protocol === protocol),
    { language: box.options.language, protocol },
  );
