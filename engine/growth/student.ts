/**
 * Student's t: how wide an interval has to be whose spread was itself estimated from few numbers. Expansion around the
 * normal quantile (Abramowitz and Stegun, 26.7.5), which from 3 degrees of freedom on is right to a hundredth.
 */

/** The normal quantile that leaves 2.5 % at each end. */
export const NORMAL_95 = 1.959_964;

/** From where on the expansion holds. */
export const FEWEST_DEGREES = 3;

/** Quantile that leaves 2.5 % at each end; `degrees` of freedom, at least FEWEST_DEGREES. */
export const student95 = (degrees: number): number => {
  const z = NORMAL_95;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
};
