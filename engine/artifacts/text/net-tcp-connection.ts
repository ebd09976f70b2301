/**
 * Output of Get-NetTCPConnection and Get-NetUDPEndpoint, in any of PowerShell's forms and with any choice of properties. The
 * two are kinds of their own, told apart object by object (socket-record.ts).
 */

import type { SocketRow, Transport } from "../../model/socket-row.ts";
import type { Decoded, TextHint, TextKind } from "../decoded.ts";
import { createProblems } from "./problems.ts";
import type { PropertyRecord } from "./property-record.ts";
import { readPropertyRecords } from "./property-records.ts";
import { socketOf, transportOf } from "./socket-record.ts";

const NEITHER = "nothing says whether the port is TCP's or UDP's";

const decode = (wanted: Transport, text: string, hint: TextHint): Decoded | null => {
  const problems = createProblems();
  const records: PropertyRecord[] = [];
  const misfits = createProblems();
  const tooLong = readPropertyRecords(text, (record) => records.push(record), misfits);
  const sockets: SocketRow[] = [];
  let others = 0;
  for (const record of records) {
    const protocol = transportOf(record, hint);
    if (protocol === null && wanted === "tcp") problems.add(NEITHER, record.line, `${NEITHER}.`);
    if (protocol !== null && protocol !== wanted) others += 1;
    if (protocol !== wanted) continue;
    const socket = socketOf(record, protocol, hint, problems);
    if (socket !== null) sockets.push(socket);
  }
  const said = problems.sentences(0);
  const isOnlyOthers = others > 0 && sockets.length === 0;
  // Rows that fit no columns are of the kind whose rows do.
  const unfit = isOnlyOthers || (sockets.length === 0 && wanted === "udp") ? [] : misfits.sentences(tooLong);
  if (sockets.length === 0 && said.length === 0 && unfit.length === 0) return null;
  return { rows: sockets.length, problems: [...said, ...unfit], sockets };
};

export const NET_TCP_CONNECTION: TextKind = {
  kind: "net-tcp-connection",
  decode: (text, hint) => decode("tcp", text, hint),
};

export const NET_UDP_ENDPOINT: TextKind = {
  kind: "net-udp-endpoint",
  decode: (text, hint) => decode("udp", text, hint),
};
