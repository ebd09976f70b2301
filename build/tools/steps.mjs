// Knows: how a step of build or test shows itself: one line with its time, and all of its output where it fails.

const line = (mark, name, milliseconds, note) => {
  const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
  console.log(`${mark.padEnd(8)}${name.padEnd(22)}${seconds.padStart(8)}   ${note}`.trimEnd());
};

export const countsText = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;

/** An Error as such was thrown for people to read; its kin (TypeError ...) are mistakes of these scripts. */
const describe = (error) => (error.name === "Error" ? error.message : error.stack);

const noCounts = { passed: 0, failed: 0, skipped: 0 };

const markOf = ({ failed, skipped, passed }) => {
  if (failed > 0) return "FAILED";
  return skipped > 0 && passed === 0 ? "skipped" : "ok";
};

const outcomeOf = async (step) => {
  try {
    const result = await step();
    if (typeof result !== "object") return { ...noCounts, note: result ?? "", output: "" };
    return { note: countsText(result), output: "", ...result };
  } catch (error) {
    return { ...noCounts, failed: 1, note: "", output: describe(error) };
  }
};

/**
 * Runs a step and shows it. A step resolves to nothing, to a note, or, where it runs tests, to
 * { passed, failed, skipped, note?, output? }; one that throws counts as one failure. Resolves to the counts.
 */
export const runStep = async (name, step) => {
  const started = performance.now();
  const outcome = await outcomeOf(step);
  line(markOf(outcome), name, performance.now() - started, outcome.note);
  if (outcome.failed > 0) console.log(outcome.output.trimEnd());
  return outcome;
};

/** Runs steps that build on each other: the first that fails is the last. Resolves to whether all went well. */
export const runChain = async (steps) => {
  for (const [name, step] of steps) {
    const { failed } = await runStep(name, step);
    if (failed > 0) return false;
  }
  return true;
};
