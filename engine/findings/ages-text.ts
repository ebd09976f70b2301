/** How old the sockets of a holder are, in a sentence. */
import type { PortAges } from "../generated/records.ts";
import { count, number } from "../verdict/phrases.ts";

const OLD_TEXT = "older than TIME_WAIT lasts, so they are kept and not in passing";

/** Nothing where no socket tells its time. */
export const agesText = ({ minutes, hour, day, older }: PortAges): string | null => {
  const known = minutes + hour + day + older;
  if (known === 0) return null;
  const old = hour + day + older;
  return `Of ${count(known, "socket")} whose age is known, ${number(minutes)} ${minutes === 1 ? "is" : "are"} at most 4 minutes old and ${number(old)} older (${number(older)} more than a day)${old > minutes ? `: ${OLD_TEXT}` : ""}.`;
};
