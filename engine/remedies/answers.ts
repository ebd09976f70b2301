/**
 * Which remedies answer which finding, in the order in which an administrator should look at them: what gives ports back first,
 * then what keeps it from coming again. Each declines where it does not fit. Reasons: docs/remedies.md.
 */

/** By whatever means the holder can be restarted: of these, one fits; two, where it is the kernel. */
export const RESTARTS: readonly string[] = [
  "restart-service",
  "end-holder",
  "restart-process",
  "isolate-service",
  "find-holder",
  "ask-kernel",
  "kernel-dump",
  "restart-machine",
];

const EVIDENCE = ["collect-evidence", "watch-it"];

/** More ports: one of them is told, the default range where the present one is odd. */
export const MORE_PORTS: readonly string[] = ["restore-range", "widen-range"];

/** A larger range comes last: it is no cure, but buys time. */
const LEAK = [...RESTARTS, "close-sockets", ...MORE_PORTS, "measure-growth", ...EVIDENCE];

export const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  "pool-exhausted": ["find-holder", "widen-range", ...EVIDENCE],
  "pool-pressure": ["find-holder", "widen-range", ...EVIDENCE],
  "not-exhaustion": ["check-memory", "look-into-containers", "collect-evidence"],
  "bound-leak": LEAK,
  "close-wait-leak": LEAK,
  "connection-build-up": [
    "check-peers",
    ...RESTARTS,
    "wait-for-peer",
    "reuse-connections",
    "close-sockets",
    "spread-destination",
    ...MORE_PORTS,
    "auto-reuse-range",
    ...EVIDENCE,
  ],
  "udp-leak": LEAK,
  "ghost-owner": ["end-holder", ...RESTARTS.filter((id) => id !== "end-holder"), ...EVIDENCE],
  "kernel-owner": [...RESTARTS, ...EVIDENCE],
  "afd-handle-leak": [...RESTARTS, "close-sockets", "measure-growth", ...EVIDENCE],
  "loopback-pairs": ["reuse-connections", "close-sockets", ...MORE_PORTS, ...EVIDENCE],
  "known-by-design": ["dns-socket-pool"],
  // What is new to a load grows too, and stops: it is measured again before anybody is interrupted.
  "growing-owner": ["measure-growth", "collect-evidence", ...RESTARTS, "close-sockets", "watch-it"],
  "time-wait-churn": [
    "reuse-connections",
    ...MORE_PORTS,
    "auto-reuse-range",
    "spread-destination",
    "shorten-time-wait",
    ...EVIDENCE,
  ],
  "destination-saturation": ["reuse-connections", "spread-destination", ...MORE_PORTS, ...EVIDENCE],
  "excluded-ranges": [
    "restart-winnat",
    "remove-exclusion",
    "restart-process",
    "restart-service",
    ...MORE_PORTS,
    ...EVIDENCE,
  ],
  "fragmented-pool": ["restart-winnat", "remove-exclusion", "restore-range", "widen-range"],
  "listeners-in-range": ["move-listeners", "restore-range", "reserve-fixed-port", "widen-range"],
  "odd-range": ["restore-range"],
  "auto-reuse-missing": ["auto-reuse-range"],
  "auto-reuse-misplaced": ["fix-auto-reuse"],
  "max-user-port": ["remove-max-user-port"],
  "time-wait-delay": ["reset-time-wait"],
  "retry-storm": ["check-peers", ...MORE_PORTS, ...EVIDENCE],
  "hidden-compartments": ["look-into-containers"],
  "closing-connections": ["wait-for-peer", "check-peers", ...EVIDENCE],
};
