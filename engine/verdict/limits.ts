/** When a process may be called culprit at all, in a trace or in a capture. */

/** Half of the smallest range that Windows accepts (255 ports): with fewer, a process cannot be what fills any pool. */
export const MIN_CULPRIT_PORTS = 128;
/** Less than half leaves the greater part to others. */
export const MIN_CULPRIT_SHARE = 0.5;
