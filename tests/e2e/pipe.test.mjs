// Readers that are slow, and readers that go away.

import { spawn } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import { at } from "../../build/tools/paths.mjs";
import { engines, runEngine } from "./engines.mjs";

/** Far more events than any pipe holds. */
const LARGE = at("tests", "fixtures", "etl", "airbus-cert-etl-parser__ShutdownPerfDiagLogger.etl");
const ARGS = ["events", LARGE];

const start = ([, program, prefix]) => {
  const child = spawn(program, [...prefix, ...ARGS], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal, stderr })));
  return { child, ended };
};

const firstData = (stream) => new Promise((resolve) => stream.once("data", resolve));

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(engines)("the %s", (...engine) => {
  test("ends quietly when its reader goes away in the middle", async () => {
    const { child, ended } = start(engine);
    await firstData(child.stdout);
    child.stdout.destroy();
    const { code, signal, stderr } = await ended;
    expect({ code, signal, stderr }).toEqual({ code: 1, signal: null, stderr: "" });
  });

  test("ends quietly when nobody listens from the start", async () => {
    const { child, ended } = start(engine);
    child.stdout.destroy();
    const { code, signal, stderr } = await ended;
    expect({ code, signal, stderr }).toEqual({ code: 1, signal: null, stderr: "" });
  });

  test("waits for a reader that is slow, and loses nothing", async () => {
    const { child, ended } = start(engine);
    const pieces = [await firstData(child.stdout)];
    child.stdout.pause();
    await pause(400);
    child.stdout.on("data", (data) => pieces.push(data));
    child.stdout.resume();
    expect((await ended).code).toBe(0);
    const expected = runEngine(engine, ARGS).stdout;
    expect(Buffer.concat(pieces).equals(expected)).toBe(true);
  });
});
