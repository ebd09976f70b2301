/** All remedies, by name. */
import { closeSockets, reuseConnections } from "./applications.ts";
import { autoReuseRange, fixAutoReuse } from "./auto-reuse-range.ts";
import { collectEvidence, measureGrowth, watchIt } from "./evidence.ts";
import { findHolder } from "./find-holder.ts";
import { checkMemory, checkPeers, lookIntoContainers } from "./investigations.ts";
import { isolateService } from "./isolate-service.ts";
import { askKernel, kernelDump } from "./kernel.ts";
import { moveListeners, reserveFixedPort } from "./listeners.ts";
import { removeMaxUserPort } from "./max-user-port.ts";
import type { RemedyRule } from "./remedy-rule.ts";
import { removeExclusion } from "./remove-exclusion.ts";
import { restartMachine } from "./restart-machine.ts";
import { endHolder, restartProcess } from "./restart-process.ts";
import { restartService } from "./restart-service.ts";
import { restoreRange } from "./restore-range.ts";
import { spreadDestination } from "./spread-destination.ts";
import { resetTimeWait, shortenTimeWait } from "./time-wait.ts";
import { dnsSocketPool, waitForPeer } from "./waiting.ts";
import { widenRange } from "./widen-range.ts";
import { restartWinnat } from "./winnat.ts";

export const REMEDIES: readonly RemedyRule[] = [
  askKernel,
  autoReuseRange,
  checkMemory,
  checkPeers,
  closeSockets,
  collectEvidence,
  dnsSocketPool,
  endHolder,
  findHolder,
  fixAutoReuse,
  isolateService,
  kernelDump,
  lookIntoContainers,
  measureGrowth,
  moveListeners,
  removeExclusion,
  removeMaxUserPort,
  reserveFixedPort,
  resetTimeWait,
  restartMachine,
  restartProcess,
  restartService,
  restartWinnat,
  restoreRange,
  reuseConnections,
  shortenTimeWait,
  spreadDestination,
  waitForPeer,
  watchIt,
  widenRange,
];
