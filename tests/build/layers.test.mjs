// The layer check must find what it is for; a check that accepts everything looks just like a clean engine.

import { describe, expect, test } from "@jest/globals";
import { checkLayers, findProblems } from "../../build/layers.mjs";

const problemsOf = (file, source) => findProblems([{ file, source }]);

const refused = [
  ["a lower layer", "engine/etl/walk.ts", 'import { afd } from "../providers/afd.ts";', /engine\/providers/],
  [
    "only the types of a lower layer",
    "engine/model/a.ts",
    'import type { Facts } from "../trackers/facts.ts";',
    /engine\/trackers/,
  ],
  ["a lower layer through a re-export", "engine/bytes/a.ts", 'export { walk } from "../etl/walk.ts";', /engine\/etl/],
  ["a lower layer through a type in place", "engine/bytes/a.ts", 'type A = import("../etl/a.ts").A;', /engine\/etl/],
  ["a lower layer when it runs", "engine/bytes/a.ts", 'const a = () => import("../etl/a.ts");', /engine\/etl/],
  ["files outside engine/etl/file.ts", "engine/etl/walk.ts", 'import { openSync } from "node:fs";', /node:fs/],
  ["the network, wherever", "engine/cli/main.ts", 'import net from "node:net";', /node:net/],
  ["other programs, wherever", "engine/etl/file.ts", 'import { spawn } from "node:child_process";', /child_process/],
  ["a package below the command line", "engine/report/a.ts", 'import yargs from "yargs";', /yargs/],
  [
    "something outside the engine",
    "engine/etl/a.ts",
    'import { build } from "../../tests/builders/a.ts";',
    /leaves the engine/,
  ],
  [
    "the schemas below the command line",
    "engine/report/a.ts",
    'import schema from "../contract/a.json" with { type: "json" };',
    /schemas/,
  ],
  ["a validator", "engine/report/a.ts", 'import { validateRecord } from "../generated/validators.mjs";', /import type/],
  ["a file without its suffix", "engine/etl/a.ts", 'import { b } from "./b";', /\.ts/],
];

const accepted = [
  ["a layer above", "engine/providers/a.ts", 'import { readGuid } from "../bytes/guid.ts";'],
  ["a neighbour", "engine/etl/a.ts", 'import { b } from "./xpress/b.ts";'],
  ["generated types", "engine/etl/a.ts", 'import type { ErrorRecord } from "../generated/records.ts";'],
  ["files in engine/etl/file.ts", "engine/etl/file.ts", 'import { openSync } from "node:fs";'],
  ["yargs in the command line", "engine/cli/main.ts", 'import yargs from "yargs";'],
  [
    "schemas in the command line",
    "engine/cli/main.ts",
    'import schema from "../contract/a.json" with { type: "json" };',
  ],
  ["the version in the command line", "engine/cli/version.ts", 'import { version } from "../../package.json";'],
];

describe("layers", () => {
  test.each(refused)("importing %s is refused", (_what, file, source, reason) => {
    expect(problemsOf(file, source)).toEqual([expect.stringMatching(reason)]);
  });

  test.each(accepted)("importing %s is accepted", (_what, file, source) => {
    expect(problemsOf(file, source)).toEqual([]);
  });

  test("a folder that is no layer is refused", () => {
    expect(problemsOf("engine/misc/a.ts", "export const a = 1;")).toEqual([expect.stringMatching(/no layer/)]);
  });

  test("one error class is accepted, any other class refused", () => {
    expect(problemsOf("engine/etl/errors.ts", "export class EngineError extends Error {}")).toEqual([]);
    expect(problemsOf("engine/etl/a.ts", "export class Reader {}")).toEqual([expect.stringMatching(/class/)]);
    expect(problemsOf("engine/etl/a.ts", "class A extends Error {} class B extends Error {}")).toHaveLength(1);
  });

  test("the engine keeps to its layers", () => {
    expect(checkLayers()).toEqual([]);
  });
});
