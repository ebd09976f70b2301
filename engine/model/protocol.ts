/** Transport of a socket. Source: Winsock constants (winsock2.h): SOCK_STREAM 1, SOCK_DGRAM 2; IPPROTO_TCP 6, IPPROTO_UDP 17. */

export type Protocol = "tcp" | "udp" | "unknown";

const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const IPPROTO_TCP = 6;
const IPPROTO_UDP = 17;

export const transportOf = (ipProtocol: number): Protocol => {
  if (ipProtocol === IPPROTO_TCP) return "tcp";
  return ipProtocol === IPPROTO_UDP ? "udp" : "unknown";
};

/** Programs may leave the protocol 0 and let the socket type decide. */
const socketProtocol = (socketType: number, ipProtocol: number): Protocol => {
  if (ipProtocol !== 0) return transportOf(ipProtocol);
  if (socketType === SOCK_STREAM) return "tcp";
  return socketType === SOCK_DGRAM ? "udp" : "unknown";
};

const AF_UNSPEC = 0;
const AF_INET = 2;
const AF_INET6 = 23;

/** What a create event says of a socket's kind; AF_UNSPEC does not rule the Internet families out. */
export const socketKind = (
  family: number,
  socketType: number,
  ipProtocol: number,
): { readonly protocol: Protocol; readonly isInternet: boolean } => {
  const isInternet = family === AF_INET || family === AF_INET6 || family === AF_UNSPEC;
  return { protocol: isInternet ? socketProtocol(socketType, ipProtocol) : "unknown", isInternet };
};

/** TCP states as TCPIP events number them; the same in all manifests from Windows 7 on. */
export const TCP_TIME_WAIT = 10;
