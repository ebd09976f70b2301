/** All rules, in the order in which findings of one severity are told: what is the case, causes, what makes it worse, what to know. */
import { afdHandleLeak } from "./afd-handle-leak.ts";
import { autoReuseMisplaced } from "./auto-reuse-misplaced.ts";
import { autoReuseMissing } from "./auto-reuse-missing.ts";
import { boundLeak } from "./bound-leak.ts";
import { closeWaitLeak } from "./close-wait-leak.ts";
import { closingConnections } from "./closing-connections.ts";
import { connectionBuildUp } from "./connection-build-up.ts";
import { destinationSaturation } from "./destination-saturation.ts";
import { excludedRanges } from "./excluded-ranges.ts";
import { fragmentedPool } from "./fragmented-pool.ts";
import { ghostOwner } from "./ghost-owner.ts";
import { growingOwner } from "./growing-owner.ts";
import { hiddenCompartments } from "./hidden-compartments.ts";
import { kernelOwner } from "./kernel-owner.ts";
import { knownByDesign } from "./known-by-design.ts";
import { listenersInRange } from "./listeners-in-range.ts";
import { loopbackPairs } from "./loopback-pairs.ts";
import { maxUserPort } from "./max-user-port.ts";
import { notExhaustion } from "./not-exhaustion.ts";
import { oddRange } from "./odd-range.ts";
import { poolExhausted } from "./pool-exhausted.ts";
import { poolPressure } from "./pool-pressure.ts";
import { retryStorm } from "./retry-storm.ts";
import type { Rule } from "./rule.ts";
import { timeWaitChurn } from "./time-wait-churn.ts";
import { timeWaitDelay } from "./time-wait-delay.ts";
import { udpLeak } from "./udp-leak.ts";

export const RULES: readonly Rule[] = [
  poolExhausted,
  poolPressure,
  notExhaustion,
  boundLeak,
  closeWaitLeak,
  connectionBuildUp,
  udpLeak,
  ghostOwner,
  kernelOwner,
  growingOwner,
  loopbackPairs,
  afdHandleLeak,
  timeWaitChurn,
  destinationSaturation,
  closingConnections,
  retryStorm,
  excludedRanges,
  fragmentedPool,
  listenersInRange,
  oddRange,
  autoReuseMisplaced,
  timeWaitDelay,
  autoReuseMissing,
  maxUserPort,
  hiddenCompartments,
  knownByDesign,
];
