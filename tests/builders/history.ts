// history.csv as a watch writes it: module/private/watch/Get-HistoryColumn.ps1 names the columns, Add-HistoryRow.ps1 writes UTF-8
// with a mark and lines that end in CR and LF, each cell in quotes.

export type HistorySample = {
  /** ISO in UTC, to the second. */
  readonly time: string;
  readonly used: number;
  readonly protocol?: "tcp" | "udp";
  readonly family?: "ipv4" | "ipv6" | "";
  readonly capacity?: number | "";
};

const COLUMNS = [
  "Time",
  "Protocol",
  "Family",
  "Used",
  "Capacity",
  "UsedPercent",
  "Level",
  "TopProcessId",
  "TopProcessName",
  "TopPorts",
  "Note",
] as const;

const quoted = (cells: readonly (string | number)[]): string => cells.map((cell) => `"${cell}"`).join(",");

export const historyLine = ({ time, used, protocol = "tcp", family = "", capacity = 16_384 }: HistorySample): string =>
  quoted([`${time}.0000000Z`, protocol, family, used, capacity, "1.5", "Healthy", 5868, `a ""b"", c.exe`, used, ""]);

export const historyText = (lines: readonly string[]): string =>
  `\ufeff${[quoted(COLUMNS), ...lines].map((line) => `${line}\r\n`).join("")}`;

export const historyOf = (samples: readonly HistorySample[]): Uint8Array =>
  new TextEncoder().encode(historyText(samples.map(historyLine)));

/** `minutes` after the watch began. */
export const watchTime = (minutes: number): string =>
  new Date(Date.parse("2026-03-02T01:00:00Z") + minutes * 60_000).toISOString().slice(0, 19);

/** A sample each five minutes, from a moment on. */
export const watched = (used: readonly number[], fromMinutes = 0, given: Partial<HistorySample> = {}) =>
  used.map((each, index): HistorySample => ({ time: watchTime(fromMinutes + index * 5), used: each, ...given }));
