/** Findings that remedies treat alike. */

/** What fills any range, however large: there a larger one is told after what gives the ports back. */
export const LEAKS: readonly string[] = [
  "bound-leak",
  "close-wait-leak",
  "connection-build-up",
  "udp-leak",
  "afd-handle-leak",
  "ghost-owner",
  "kernel-owner",
  "growing-owner",
];

/** They say that ports are short, and not of what. */
export const OF_THE_POOL: readonly string[] = ["pool-exhausted", "pool-pressure"];
