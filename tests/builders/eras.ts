// Windows releases in the order in which they brought new event versions, named as in section 4.3 of the
// etl-format reference, and which version of an event a release writes.

import { type Layout, type LayoutProvider, versionsOf } from "./layout-table.ts";

const RELEASES = [
  "Win7",
  "10240",
  "1511",
  "1607",
  "1703",
  "1709",
  "1803",
  "1809",
  "1903",
  "1909",
  "2004",
  "20H2",
  "21H1",
  "W11-21H2",
  "W11-22H2",
  "W11-23H2",
  "W11-24H2",
] as const;

export type Era = (typeof RELEASES)[number];

const BUILD: Readonly<Record<Era, number>> = {
  Win7: 7601,
  "10240": 10240,
  "1511": 10586,
  "1607": 14393,
  "1703": 15063,
  "1709": 16299,
  "1803": 17134,
  "1809": 17763,
  "1903": 18362,
  "1909": 18363,
  "2004": 19041,
  "20H2": 19042,
  "21H1": 19043,
  "W11-21H2": 22000,
  "W11-22H2": 22621,
  "W11-23H2": 22631,
  "W11-24H2": 26100,
};

export const buildOf = (era: Era): number => BUILD[era];

const ORDER: readonly string[] = RELEASES;

const rankOf = (release: string): number => ORDER.indexOf(release);

export const isAtLeast = (era: Era, other: Era): boolean => rankOf(era) >= rankOf(other);

/** The highest version that the release has; null if the event came later. */
export const layoutIn = (era: Era, provider: LayoutProvider, id: number): Layout | null => {
  const known = versionsOf(provider, id).filter(({ since }) => since === null || rankOf(since) <= rankOf(era));
  return known.reduce<Layout | null>(
    (newest, layout) => (newest === null || layout.version > newest.version ? layout : newest),
    null,
  );
};
