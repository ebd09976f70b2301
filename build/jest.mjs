// Knows: how to run jest and read its counts, from the JSON that it leaves.

import path from "node:path";
import { resultFile, takeResult } from "./tools/cache.mjs";
import { at, root } from "./tools/paths.mjs";
import { runNode } from "./tools/run.mjs";

/** Runs the jest tests in `folders` and resolves to { passed, failed, skipped, output }. */
export const runJest = async (folders) => {
  const file = resultFile("jest");
  const args = ["--config", at("build", "jest.config.mjs"), "--json", "--outputFile", file, "--roots", ...folders];
  const options = { env: { FORCE_COLOR: "0" }, timeoutMs: 1_800_000 };
  const { output } = await runNode(at("node_modules", "jest", "bin", "jest.js"), args, options);
  const result = takeResult(file);
  if (result === undefined) return { passed: 0, failed: 1, skipped: 0, output };
  return {
    passed: result.numPassedTests,
    // A file that could not be loaded has no failed tests, and still is a failure.
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
    output: result.testResults
      .filter(({ status }) => status === "failed")
      .map(({ name, message }) => `${path.relative(root, name)}\n${message}`)
      .join("\n"),
  };
};
