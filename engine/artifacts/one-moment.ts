/**
 * A snapshot is of one moment. Tables of two moments added up would show ports that were never in use together: so beside a
 * capture's own tables those of loose texts are left out, and of several complete listings of one kind only the fullest counts.
 */
import type { Transport } from "../model/socket-row.ts";
import type { Contribution } from "./contribution.ts";
import { isComplete, tellsOf } from "./sight.ts";

const socketsOf = ({ decoded }: Contribution): NonNullable<Contribution["decoded"]["sockets"]> => decoded.sockets ?? [];

const leftOut = (contribution: Contribution, why: string): Contribution => {
  const { decoded, coverage } = contribution;
  const { sockets: _, ...rest } = decoded;
  return {
    ...contribution,
    decoded: { ...rest, problems: [...decoded.problems, why] },
    coverage: { ...coverage, reason: coverage.reason === null ? why : `${coverage.reason} ${why}` },
  };
};

const BESIDE_CAPTURE = "Its ports are not counted: the capture has tables of its own, of one moment.";
const BESIDE_FULLER =
  "Its ports are not counted: another complete listing shows more, and two moments are not added up.";

const isOf = (contribution: Contribution, protocol: Transport): boolean =>
  socketsOf(contribution).some((row) => row.protocol === protocol);

/** Loose texts beside the tables of a capture. */
export const withoutOtherMoments = (
  captured: readonly Contribution[],
  loose: readonly Contribution[],
): readonly Contribution[] => {
  const has = (protocol: Transport): boolean => captured.some((each) => tellsOf(each, protocol));
  const isDoubled = (each: Contribution): boolean =>
    (isOf(each, "tcp") && has("tcp")) || (isOf(each, "udp") && has("udp"));
  return loose.map((each) => (isDoubled(each) ? leftOut(each, BESIDE_CAPTURE) : each));
};

/** Loose texts among themselves. */
export const fullestListings = (loose: readonly Contribution[]): readonly Contribution[] => {
  const fullest = new Map<string | null, Contribution>();
  for (const each of loose.filter(isComplete)) {
    const known = fullest.get(each.coverage.kind);
    if (known === undefined || socketsOf(each).length > socketsOf(known).length) fullest.set(each.coverage.kind, each);
  }
  return loose.map((each) =>
    isComplete(each) && fullest.get(each.coverage.kind) !== each ? leftOut(each, BESIDE_FULLER) : each,
  );
};
