// Knows: everything that has to hold before a change is good, in the order in which a failure is cheapest to understand.
// The steps after the first need packages and are loaded when they run. Words on the command line choose steps by a part of
// their names: node build/test.mjs lint engine.

import { wineSteps } from "../tests/wine/main.mjs";
import { buildSteps } from "./build.mjs";
import { at } from "./tools/paths.mjs";
import { countsText, runStep } from "./tools/steps.mjs";

const jest = async (...folders) => (await import("./jest.mjs")).runJest(folders.map((name) => at("tests", name)));
const pester = async (...folders) => (await import("./pester.mjs")).runPester(folders.map((name) => at("tests", name)));

const testSteps = [
  ["lint", async () => (await import("./lint.mjs")).lint()],
  ["lint, PowerShell", async () => (await import("./lint-powershell.mjs")).lintPowershell()],
  ["native code", async () => (await import("./native.mjs")).checkNative()],
  ["tests of the build", () => jest("build")],
  ["engine", () => jest("engine")],
  ["executable", () => jest("e2e")],
  ["module, PowerShell", () => pester("build", "module")],
  ...wineSteps(jest),
];

const words = process.argv.slice(2);
const isChosen = ([name]) => words.length === 0 || words.some((word) => name.includes(word));

const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, step] of [...buildSteps, ...testSteps].filter(isChosen)) {
  const outcome = await runStep(name, step);
  for (const count of Object.keys(total)) total[count] += outcome[count];
}
console.log(countsText(total));
process.exitCode = total.failed > 0 ? 1 : 0;
