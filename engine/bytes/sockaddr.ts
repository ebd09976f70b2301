/**
 * SOCKADDR as AFD and TCPIP log it. Source: Windows SDK ws2def.h / ws2ipdef.h: family u16 at 0; SOCKADDR_IN has the port
 * (big-endian) at 2 and the address at 4; SOCKADDR_IN6 the port at 2, the address at 8 and the scope id at 24. Other
 * families (AF_UNIX 1, AF_BTH 32, AF_HYPERV 34, AF_VSOCK 40) have no port at that place.
 */

export const AF_INET = 2;
export const AF_INET6 = 23;

export interface SocketAddress {
  readonly family: number;
  /** Text of the address; null for families other than IPv4 and IPv6. */
  readonly address: string | null;
  readonly port: number | null;
}

const holds = (length: number, family: number): boolean =>
  (family === AF_INET && length >= 8) || (family === AF_INET6 && length >= 24);

/** Port of an IPv4 or IPv6 SOCKADDR, -1 where there is none. The hot path asks only for this. */
export const sockaddrPort = (view: DataView, offset: number, length: number): number => {
  if (length < 8) return -1;
  return holds(length, view.getUint16(offset, true)) ? view.getUint16(offset + 2, false) : -1;
};

export const formatIpv4 = (view: DataView, offset: number): string =>
  `${view.getUint8(offset)}.${view.getUint8(offset + 1)}.${view.getUint8(offset + 2)}.${view.getUint8(offset + 3)}`;

/** The longest run of two or more zero groups, as RFC 5952 shortens it. */
const longestZeroRun = (groups: readonly number[]): { readonly start: number; readonly length: number } => {
  let best = { start: -1, length: 1 };
  let start = 0;
  while (start < groups.length) {
    let end = start;
    while (groups[end] === 0) end += 1;
    if (end - start > best.length) best = { start, length: end - start };
    start = end + 1;
  }
  return best;
};

export const formatIpv6 = (view: DataView, offset: number): string => {
  const groups = Array.from({ length: 8 }, (_, index) => view.getUint16(offset + index * 2, false));
  const isMappedV4 = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMappedV4) return `::ffff:${formatIpv4(view, offset + 12)}`;
  const run = longestZeroRun(groups);
  const text = groups.map((group) => group.toString(16));
  if (run.start < 0) return text.join(":");
  return `${text.slice(0, run.start).join(":")}::${text.slice(run.start + run.length).join(":")}`;
};

export const readSockaddr = (view: DataView, offset: number, length: number): SocketAddress => {
  if (length < 2) return { family: 0, address: null, port: null };
  const family = view.getUint16(offset, true);
  if (!holds(length, family)) return { family, address: null, port: null };
  const port = view.getUint16(offset + 2, false);
  if (family === AF_INET) return { family, address: formatIpv4(view, offset + 4), port };
  const scope = length >= 28 ? view.getUint32(offset + 24, true) : 0;
  return { family, address: `${formatIpv6(view, offset + 8)}${scope === 0 ? "" : `%${scope}`}`, port };
};

export const formatEndpoint = ({ family, address, port }: SocketAddress): string | null => {
  if (address === null) return null;
  return family === AF_INET6 ? `[${address}]:${port}` : `${address}:${port}`;
};
