// What the build leaves in module/bin: complete, of one engine, and plainly unsigned.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { describe, expect, test } from "@jest/globals";
import { at, root } from "../../build/tools/paths.mjs";
import { bundleFile, executableFor } from "../../build/tools/products.mjs";
import { hostTarget } from "../../build/tools/runtime.mjs";

const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
const fixture = "tests/fixtures/etl/built__healthy.etl";

/** What both streams got, and the exit code. */
const outcomeOf = (file, args) => {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
};

describe("products of the build", () => {
  test("the executable has the version of package.json", () => {
    expect(outcomeOf(executableFor(hostTarget), ["--version"])).toEqual({
      status: 0,
      stdout: `${version}\n`,
      stderr: "",
    });
  });

  test("executable and bundle print the same", () => {
    const fromExecutable = outcomeOf(executableFor(hostTarget), ["trace", fixture]);
    expect(fromExecutable).toMatchObject({ status: 0, stderr: "" });
    expect(outcomeOf(process.execPath, [bundleFile, "trace", fixture])).toEqual(fromExecutable);
  });

  test("the bundle needs nothing but Node", () => {
    const required = [...readFileSync(bundleFile, "utf8").matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(required).toContain("node:fs");
    expect(required.filter((name) => !isBuiltin(name))).toEqual([]);
  });

  test("the Windows executable carries no broken signature", () => {
    const image = readFileSync(executableFor("win-x64"));
    const optionalHeader = image.readUInt32LE(0x3c) + 24;
    const certificates = optionalHeader + 112 + 4 * 8;
    expect(image.toString("latin1", 0, 2)).toBe("MZ");
    expect([image.readUInt32LE(certificates), image.readUInt32LE(certificates + 4)]).toEqual([0, 0]);
  });
});
