/** Connections that their process has closed and the peer has not: nobody holds them any more. */
import type { SocketState } from "../model/socket-row.ts";
import type { PoolAccounts } from "../pools/accounts.ts";
import { MIN_CULPRIT_PORTS } from "../verdict/limits.ts";
import { count, number, percent } from "../verdict/phrases.ts";
import type { CaptureCase } from "./case.ts";
import { CAPTURE_NEEDS } from "./needs.ts";
import { nameOf, partOf, peersOf, peersText, poolsOf, rowsIn, severityOfPart } from "./pools.ts";
import { NOBODY, type Rule, type Sighting } from "./rule.ts";

/** One port in twenty, as for leaks: closing takes a few packets, so that few are seen at it at one moment. */
export const CLOSING_PART = 0.05;

const STATES = [
  ["finWait1", "FIN_WAIT_1"],
  ["finWait2", "FIN_WAIT_2"],
  ["closing", "CLOSING"],
  ["lastAck", "LAST_ACK"],
] as const satisfies readonly (readonly [SocketState, string])[];

const statesText = (accounts: PoolAccounts): string =>
  STATES.map(([state, name]) => ({ name, rows: rowsIn(accounts, [state]).length }))
    .filter(({ rows }) => rows > 0)
    .map(({ name, rows }) => `${name} ${number(rows)}`)
    .join(", ");

const seeCapture = (seen: CaptureCase): readonly Sighting[] =>
  poolsOf(seen, "tcp").flatMap((accounts): readonly Sighting[] => {
    const { pool } = accounts;
    const { closing } = pool.byClass;
    const part = partOf(closing, pool);
    if (closing < MIN_CULPRIT_PORTS || part < CLOSING_PART) return [];
    const rows = rowsIn(
      accounts,
      STATES.map(([state]) => state),
    );
    const peers = peersText(peersOf(rows));
    const evidence = [
      `By state: ${statesText(accounts)}.`,
      peers === null ? null : `The peers that are to close or to confirm: ${peers}.`,
      "No process has a handle to such a connection: to end one frees no port.",
    ];
    return [
      {
        severity: severityOfPart(part),
        protocol: "tcp",
        summary: `${number(closing)} of ${count(pool.capacity, `${nameOf(pool)} port`)} belong to connections that were closed here and not by the peer (${percent(part)}).`,
        evidence: evidence.filter((text) => text !== null),
        process: NOBODY,
      },
    ];
  });

export const closingConnections: Rule = {
  id: "closing-connections",
  title: "Connections that the peer does not close",
  why: "The port stays taken until the peer closes its side too, or a timer of Windows runs out: this machine's programs have done their part.",
  advice:
    "Look at the peers: a server that does not close its side, or a device between that drops packets of connections it has forgotten.",
  capture: { needs: [CAPTURE_NEEDS.tcp], see: seeCapture },
};
