/** All rules, in the order in which findings of one severity are told: what is the case, causes, what makes it worse, what to know. */
import { afdHandleLeak } from "./afd-handle-leak.ts";
import { boundLeak } from "./bound-leak.ts";
import { closeWaitLeak } from "./close-wait-leak.ts";
import { connectionBuildUp } from "./connection-build-up.ts";
import { ghostOwner } from "./ghost-owner.ts";
import { growingOwner } from "./growing-owner.ts";
import { kernelOwner } from "./kernel-owner.ts";
import { knownByDesign } from "./known-by-design.ts";
import { loopbackPairs } from "./loopback-pairs.ts";
import { poolExhausted } from "./pool-exhausted.ts";
import { poolPressure } from "./pool-pressure.ts";
import type { Rule } from "./rule.ts";
import { udpLeak } from "./udp-leak.ts";

export const RULES: readonly Rule[] = [
  poolExhausted,
  poolPressure,
  boundLeak,
  closeWaitLeak,
  connectionBuildUp,
  udpLeak,
  ghostOwner,
  kernelOwner,
  growingOwner,
  loopbackPairs,
  afdHandleLeak,
  knownByDesign,
];
