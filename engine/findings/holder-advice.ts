/** What to do where it does not help to restart the process that Windows names. */
import { KERNEL_PID } from "../model/process.ts";
import { sharersOf, type Suspect } from "../verdict/capture/suspect.ts";
import type { Sighting } from "./rule.ts";

const FIND_HOLDER =
  "Find out who holds these sockets now, as only handles tell: Get-AfdHandleOwner in an elevated session; the process that Windows names cannot give them back.";
const ALL_SHARERS =
  "End all processes that have handles to these sockets: the ports stay in use as long as one of them runs.";
export const ASK_DRIVERS =
  "Find out which driver it is: Get-SmbConnection and `netsh http show servicestate` tell of SMB and http.sys, a memory dump of the machine of any other.";

/** Nothing where the advice of the rule holds. */
export const holderAdvice = (
  { processId, alibi, held, inference }: Suspect,
  isClosed: boolean,
): Pick<Sighting, "advice"> => {
  const isShared = alibi === "shared" || (held !== null && alibi === null && sharersOf(held).length > 0);
  if (isShared) return { advice: ALL_SHARERS };
  if (processId === KERNEL_PID) return { advice: ASK_DRIVERS };
  // What was closed by its process is held by nobody.
  if (isClosed) return {};
  const isElsewhere = alibi !== null || (held?.creator === "ended" && inference === null);
  return isElsewhere ? { advice: FIND_HOLDER } : {};
};
