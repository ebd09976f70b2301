/**
 * Status codes that a bind, connect, listen or reservation can end in, and what they say about ports.
 * Sources: ntstatus.h for names; Microsoft's Winsock error table for the user-visible code; STATUS_TOO_MANY_ADDRESSES as
 * the sign of exhaustion from Microsoft's "Troubleshoot port exhaustion issues" (NetMon filter Status.Code == 0x209).
 */

export const STATUS = {
  success: 0,
  pending: 0x103,
  noMemory: 0xc0000017,
  sharingViolation: 0xc0000043,
  accessDenied: 0xc0000022,
  insufficientResources: 0xc000009a,
  tooManyAddresses: 0xc0000209,
  addressAlreadyExists: 0xc000020a,
} as const;

interface StatusText {
  readonly name: string;
  readonly meaning: string;
}

const TEXTS: Readonly<Record<number, StatusText>> = {
  [STATUS.sharingViolation]: {
    name: "STATUS_SHARING_VIOLATION",
    meaning: "The port asked for is in use (Winsock 10048).",
  },
  [STATUS.accessDenied]: {
    name: "STATUS_ACCESS_DENIED",
    meaning: "The port asked for is excluded or taken exclusively (Winsock 10013).",
  },
  [STATUS.tooManyAddresses]: { name: "STATUS_TOO_MANY_ADDRESSES", meaning: "No port was free (Winsock 10055)." },
  [STATUS.addressAlreadyExists]: {
    name: "STATUS_ADDRESS_ALREADY_EXISTS",
    meaning: "The address and port are in use (Winsock 10048).",
  },
  [STATUS.insufficientResources]: {
    name: "STATUS_INSUFFICIENT_RESOURCES",
    meaning: "Memory was short (Winsock 10055); not a lack of ports.",
  },
  [STATUS.noMemory]: { name: "STATUS_NO_MEMORY", meaning: "Memory was short (Winsock 10055); not a lack of ports." },
  0xc000000d: { name: "STATUS_INVALID_PARAMETER", meaning: "The call was wrong (Winsock 10022)." },
  0xc0000141: { name: "STATUS_INVALID_ADDRESS", meaning: "The address is not valid here (Winsock 10049)." },
  0xc0000207: {
    name: "STATUS_INVALID_ADDRESS_COMPONENT",
    meaning: "The address is not one of this machine's (Winsock 10049).",
  },
  0xc0000236: { name: "STATUS_CONNECTION_REFUSED", meaning: "The peer refused (Winsock 10061)." },
  0xc00000b5: { name: "STATUS_IO_TIMEOUT", meaning: "The peer did not answer (Winsock 10060)." },
  0xc000020c: { name: "STATUS_CONNECTION_DISCONNECTED", meaning: "The connection was closed." },
  0xc000020d: { name: "STATUS_CONNECTION_RESET", meaning: "The peer reset the connection (Winsock 10054)." },
  0xc0000120: { name: "STATUS_CANCELLED", meaning: "The program cancelled the call." },
  0xc000023c: { name: "STATUS_NETWORK_UNREACHABLE", meaning: "There is no route to the network (Winsock 10051)." },
  0xc000023d: { name: "STATUS_HOST_UNREACHABLE", meaning: "There is no route to the host (Winsock 10065)." },
  0xc0000241: { name: "STATUS_CONNECTION_ABORTED", meaning: "This machine ended the connection (Winsock 10053)." },
  0xc0000240: { name: "STATUS_REQUEST_ABORTED", meaning: "The request was aborted." },
};

export const formatStatus = (status: number): string =>
  `0x${(status >>> 0).toString(16).toUpperCase().padStart(8, "0")}`;

export const statusName = (status: number): string => TEXTS[status]?.name ?? formatStatus(status);

export const statusMeaning = (status: number): string =>
  TEXTS[status]?.meaning ?? "This status has no explanation here.";

/** Success and informational severities, but for STATUS_PENDING, which decides nothing yet. */
export const isSuccess = (status: number): boolean => status < 0x80000000 && status !== STATUS.pending;
