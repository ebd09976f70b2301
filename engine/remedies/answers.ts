/**
 * Which remedies answer which finding, in the order in which an administrator should look at them: what gives ports back first,
 * then what keeps it from coming again. Each declines where it does not fit. Reasons: docs/remedies.md.
 */

export const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  "bound-leak": ["end-holder", "restart-service", "end-process", "close-sockets"],
  "pool-exhausted": ["collect-evidence"],
};
