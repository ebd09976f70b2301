/**
 * What IOCTL_AFD_GET_ADDRESS (0x1202F) answers: a SOCKADDR, or of a TDI transport a TDI_ADDRESS_INFO with a TA_ADDRESS whose
 * SOCKADDR begins at 10. Sources: System Informer's ntafd.h and nativesocket.c; tdi.h for the older form.
 */
import { AF_INET, AF_INET6, readSockaddr, type SocketAddress } from "../bytes/sockaddr.ts";

const TDI_SOCKADDR = 10;
const TDI_ADDRESS_COUNT = 4;

const isInternet = ({ family }: SocketAddress): boolean => family === AF_INET || family === AF_INET6;

/** An activity count of 2 or 23 looks like a family: then the SOCKADDR has no port, and the TDI form an address. */
const readTdi = (view: DataView, offset: number, length: number): SocketAddress | null => {
  if (length < TDI_SOCKADDR + 8 || view.getUint32(offset + TDI_ADDRESS_COUNT, true) !== 1) return null;
  const inner = readSockaddr(view, offset + TDI_SOCKADDR, length - TDI_SOCKADDR);
  return isInternet(inner) && inner.address !== null ? inner : null;
};

/** Null where the bytes are no address. */
export const readAfdAddress = (view: DataView, offset: number, length: number): SocketAddress | null => {
  if (length < 2) return null;
  const plain = readSockaddr(view, offset, length);
  const isSure = isInternet(plain) && plain.address !== null && plain.port !== 0;
  return isSure ? plain : (readTdi(view, offset, length) ?? plain);
};
