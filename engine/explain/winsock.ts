/**
 * Codes of Winsock. Names and general meaning: Microsoft's list of Winsock errors. What they say about ports: a bind for any port
 * that finds none free ends in 10055 (Microsoft's page on port exhaustion names its status); 10048 at connect is about the pair of
 * endpoints. The other codes stand here since people ask about them, and to say that they are about something else.
 */
import { entry, type Entry, said, type Saying, win32Numbers } from "./entry.ts";
import { RUN } from "./next.ts";
import { SOURCE } from "./sources.ts";

/** A name of .NET that other programs have for other things. */
const socketError = (name: string): readonly Saying[] =>
  [`SocketErrorCode: ${name}`, `SocketErrorCode : ${name}`, `SocketError.${name}`].map((text) =>
    said(text, SOURCE.socketError),
  );

const NO_BUFFERS = entry("10055", "Winsock", {
  names: ["WSAENOBUFS", "NoBufferSpaceAvailable"],
  numbers: win32Numbers(10055),
  sayings: [
    said(
      "An operation on a socket could not be performed because the system lacked sufficient buffer space or because a queue was full",
    ),
    said("由于系统缓冲区空间不足或队列已满", SOURCE.chineseNoBuffers),
    said(
      "No se puede ejecutar la operación en un socket ya que el sistema no tiene suficiente espacio de búfer",
      SOURCE.spanishNoBuffers,
    ),
  ],
  meaning:
    "A call on a socket failed for want of room: no port was free, or no memory for buffers, or a queue was full.",
  exhaustion: "Maybe",
  when: "Ports ran out where it came from a bind or a connect and the status below it is 0xC0000209, or the pool was full at that time, or event 4231 or 4266 was logged. From a send or on a raw socket it is about buffers; with most ports free it is about memory (non-paged pool).",
  next: [RUN.test, RUN.owners, RUN.portEvents, RUN.trace, RUN.tcpRange, RUN.nonpagedPool],
  sources: [SOURCE.winsock, SOURCE.portExhaustion, SOURCE.cosmosBind, SOURCE.icmpNoBuffers, SOURCE.fewSockets],
});

const IN_USE = entry("10048", "Winsock", {
  names: ["WSAEADDRINUSE", "AddressAlreadyInUse"],
  numbers: win32Numbers(10048),
  sayings: [
    said("Only one usage of each socket address (protocol/network address/port) is normally permitted"),
    said(
      "Normalerweise darf jede Socketadresse (Protokoll, Netzwerkadresse oder Anschluss) nur jeweils einmal verwendet werden",
      SOURCE.germanInUse,
    ),
    said("通常每个套接字地址(协议/网络地址/端口)只允许使用一次", SOURCE.chineseInUse),
  ],
  meaning: "An address and port were wanted that are in use.",
  exhaustion: "Maybe",
  when: "At a bind or listen another socket has the very port that was asked for: not exhaustion. At a connect the same pair of local and remote endpoint exists or is in TIME_WAIT, as when one program opens many short connections to one server: ports for that server ran out, while the pool may be far from full.",
  next: [RUN.test, RUN.owners, RUN.portEvents, RUN.timeWait, RUN.listeners],
  sources: [SOURCE.winsock, SOURCE.connect, SOURCE.sqlPooling, SOURCE.javaConnect],
});

const FORBIDDEN = entry("10013", "Winsock", {
  names: ["WSAEACCES"],
  numbers: win32Numbers(10013),
  sayings: [
    said("An attempt was made to access a socket in a way forbidden by its access permissions"),
    said("listen EACCES", SOURCE.nodeStatus),
    ...socketError("AccessDenied"),
  ],
  meaning: "A call on a socket was forbidden.",
  exhaustion: "No",
  when: "At a bind the port that was asked for lies in an excluded range, or another program has it for itself alone; at a connect a firewall may be what forbids it. A bind for any port ends in 10055 where none is free.",
  next: [RUN.reservations, RUN.excluded, RUN.listeners],
  sources: [SOURCE.winsock, SOURCE.excludedRange, SOURCE.firewall],
});

const NOT_HERE = entry("10049", "Winsock", {
  names: ["WSAEADDRNOTAVAIL", "AddressNotAvailable"],
  numbers: win32Numbers(10049),
  sayings: [said("The requested address is not valid in its context")],
  meaning: "The address is none of this machine's, or no remote address that can be connected to.",
  exhaustion: "No",
  when: "It is about an address, not about ports: a bind to an address that was removed, a connect to port 0 or to 0.0.0.0. On Linux, and so in WSL 2 and Linux containers, EADDRNOTAVAIL of a connect does mean that no local port was free.",
  next: ["ipconfig /all"],
  sources: [SOURCE.winsock, SOURCE.connect, SOURCE.linuxConnect],
});

const TOO_MANY_SOCKETS = entry("10024", "Winsock", {
  names: ["WSAEMFILE", "TooManyOpenSockets"],
  numbers: win32Numbers(10024),
  meaning: "There is no room for more sockets.",
  exhaustion: "No",
  when: "It counts sockets, not ports. A process that leaks sockets can meet both, so look at handles.",
  next: ["Get-AfdHandleOwner -Top 10", RUN.test],
  sources: [SOURCE.winsock],
});

const TIMED_OUT = entry("10060", "Winsock", {
  names: ["WSAETIMEDOUT", "ETIMEDOUT"],
  numbers: win32Numbers(10060),
  sayings: [
    said("A connection attempt failed because the connected party did not properly respond after a period of time"),
    ...socketError("TimedOut"),
  ],
  meaning: "The other side did not answer in time.",
  exhaustion: "No",
  when: "The connect had a local port and left the machine. Where many connections to one address share a NAT (Azure: 128 preallocated ports for an instance), the ports of the NAT can be used up: those are not this machine's.",
  next: [RUN.test],
  sources: [SOURCE.winsock, SOURCE.azureSnat],
});

/** Codes after which the connection had a port: the network or the other side ended it. */
const BY_OTHERS: readonly (readonly [
  code: number,
  names: readonly string[],
  sayings: readonly Saying[],
  meaning: string,
])[] = [
  [10051, ["WSAENETUNREACH", "ENETUNREACH", "NetworkUnreachable"], [], "There is no route to the network."],
  [
    10053,
    ["WSAECONNABORTED", "ECONNABORTED", "ConnectionAborted"],
    [said("An established connection was aborted by the software in your host machine")],
    "This machine ended the connection, as after a timeout or an error of the protocol.",
  ],
  [
    10054,
    ["WSAECONNRESET", "ECONNRESET", "ConnectionReset"],
    [said("An existing connection was forcibly closed by the remote host")],
    "The other side reset the connection.",
  ],
  [
    10061,
    ["WSAECONNREFUSED", "ECONNREFUSED", "ConnectionRefused"],
    [said("No connection could be made because the target machine actively refused it")],
    "The other side refused the connection: nothing listens there.",
  ],
  [10065, ["WSAEHOSTUNREACH", "EHOSTUNREACH", "HostUnreachable"], [], "There is no route to the host."],
];

const byOthers = BY_OTHERS.map(([code, names, sayings, meaning]) =>
  entry(String(code), "Winsock", {
    names,
    numbers: win32Numbers(code),
    sayings,
    meaning,
    exhaustion: "No",
    when: "The call had a local port: what failed came after that. Where the other side is a server out of ports itself, ask there.",
    next: [RUN.test],
    sources: [SOURCE.winsock],
  }),
);

export const WINSOCK: readonly Entry[] = [
  NO_BUFFERS,
  IN_USE,
  FORBIDDEN,
  NOT_HERE,
  TOO_MANY_SOCKETS,
  TIMED_OUT,
  ...byOthers,
];
