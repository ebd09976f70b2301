/** Addresses in the rows of iphlpapi's tables: four or sixteen bytes in network order, the scope of an IPv6 address apart. */
import { formatIpv4, formatIpv6 } from "../bytes/sockaddr.ts";

/** Texts of IPv4 addresses, made once each: a table has few different ones. */
export const createIpv4Texts = (view: DataView): ((offset: number) => string) => {
  const texts = new Map<number, string>();
  return (offset) => {
    const key = view.getUint32(offset, false);
    const known = texts.get(key);
    if (known !== undefined) return known;
    const text = formatIpv4(view, offset);
    texts.set(key, text);
    return text;
  };
};

export const ipv6Text = (view: DataView, offset: number, scopeOffset: number): string => {
  const scope = view.getUint32(scopeOffset, true);
  return `${formatIpv6(view, offset)}${scope === 0 ? "" : `%${scope}`}`;
};

/** A port stands in network order in the low half of a DWORD. */
export const portAt = (view: DataView, offset: number): number => view.getUint16(offset, false);

const NO_FILETIME = 0n;

/** A FILETIME; null for zero, which Wine and sockets of unknown age have. */
export const momentAt = (view: DataView, offset: number): bigint | null => {
  const filetime = view.getBigUint64(offset, true);
  return filetime === NO_FILETIME ? null : filetime;
};
