/**
 * A snapshot is of one moment. Tables of two moments added up would show ports that were never in use together: so beside a
 * capture's own tables those of loose texts are left out, and of several complete listings only the fullest counts, each
 * protocol for itself. Excerpts are added: they are parts of something.
 */
import { type SocketRow, TRANSPORTS, type Transport } from "../model/socket-row.ts";
import type { Contribution } from "./contribution.ts";
import { hasRows, isComplete, tellsOf } from "./sight.ts";

const rowsOf = ({ decoded }: Contribution, protocol: Transport): readonly SocketRow[] =>
  (decoded.sockets ?? []).filter((row) => row.protocol === protocol);

const without = (contribution: Contribution, protocol: Transport, why: string): Contribution => {
  const { decoded, coverage } = contribution;
  const told = `Its ${protocol.toUpperCase()} ports are not counted: ${why}.`;
  return {
    ...contribution,
    decoded: {
      ...decoded,
      sockets: (decoded.sockets ?? []).filter((row) => row.protocol !== protocol),
      problems: [...decoded.problems, told],
    },
    coverage: { ...coverage, reason: coverage.reason === null ? told : `${coverage.reason} ${told}` },
  };
};

const BESIDE_CAPTURE = "the capture has tables of its own, of one moment";
const BESIDE_FULLER = "another complete listing shows more, and two moments are not added up";

/** Loose texts beside the tables of a capture. */
export const withoutOtherMoments = (
  captured: readonly Contribution[],
  loose: readonly Contribution[],
): readonly Contribution[] =>
  TRANSPORTS.reduce(
    (rest, protocol) =>
      captured.some((each) => tellsOf(each, protocol))
        ? rest.map((each) => (hasRows(each, protocol) ? without(each, protocol, BESIDE_CAPTURE) : each))
        : rest,
    loose,
  );

/** Get-NetUDPEndpoint lists all there are; whether a listing of TCP is complete, its listeners tell. */
const isListing = (contribution: Contribution): boolean =>
  isComplete(contribution) || contribution.coverage.kind === "net-udp-endpoint";

const fullestOf = (listings: readonly Contribution[], protocol: Transport): Contribution | undefined =>
  listings.reduce<Contribution | undefined>(
    (most, each) => (most === undefined || rowsOf(each, protocol).length > rowsOf(most, protocol).length ? each : most),
    undefined,
  );

/** Loose texts among themselves. The listing that counts for TCP counts for UDP too, where it has both. */
export const fullestListings = (loose: readonly Contribution[]): readonly Contribution[] => {
  const listingsOf = (protocol: Transport): readonly Contribution[] =>
    loose.filter((each) => isListing(each) && hasRows(each, protocol));
  const listings = { tcp: listingsOf("tcp"), udp: listingsOf("udp") };
  const tcp = fullestOf(listings.tcp, "tcp");
  const udp = tcp !== undefined && hasRows(tcp, "udp") ? tcp : fullestOf(listings.udp, "udp");
  const counted = { tcp, udp };
  return loose.map((each) =>
    TRANSPORTS.reduce(
      (rest, protocol) =>
        listings[protocol].includes(each) && each !== counted[protocol] ? without(rest, protocol, BESIDE_FULLER) : rest,
      each,
    ),
  );
};
