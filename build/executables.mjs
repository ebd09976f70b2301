// Knows: how pkg makes single executables of the bundle without a download.
// Knowledge comes from: @yao-pkg/pkg 6.23 (lib-es5/sea.js). It looks for Node binaries in HOME/.pkg-cache/sea and trusts
// those with an .ok marker beside them, so the packages of build/runtime are laid there. It needs Node 22 itself, and the
// host's binary also for a foreign target, to make the blob.

import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cached, fingerprint, makeOnce } from "./tools/cache.mjs";
import { at } from "./tools/paths.mjs";
import { bundleFile, executableFor } from "./tools/products.mjs";
import { mustRun } from "./tools/run.mjs";
import { hostTarget, isWindows, nodeBinary, nodeVersion, pinnedNode, targets } from "./tools/runtime.mjs";

const pkgScript = at("node_modules", "@yao-pkg", "pkg", "lib-es5", "bin.js");

/** Offset of the certificate table in a PE32+ image: optional header, then the fifth of its data directories. */
const certificateEntry = (image) => image.readUInt32LE(0x3c) + 24 + 112 + 4 * 8;

/** An injected blob breaks node.exe's signature: without it the result is plainly unsigned, not tampered with. */
const withoutSignature = (image) => {
  const entry = certificateEntry(image);
  const signatureOffset = image.readUInt32LE(entry);
  if (signatureOffset === 0) return image;
  image.fill(0, entry, entry + 8);
  return image.subarray(0, signatureOffset);
};

const seedTarget = (folder, target) => {
  const name = `node-v${nodeVersion}-${target}`;
  const archive = path.join(folder, isWindows(target) ? `${name}.zip` : `${name}.tar.gz`);
  const binary = isWindows(target) ? path.join(folder, `${name}.exe`) : path.join(folder, name, "bin", "node");
  mkdirSync(path.dirname(binary), { recursive: true });
  if (isWindows(target)) writeFileSync(binary, withoutSignature(readFileSync(nodeBinary(target))));
  else copyFileSync(nodeBinary(target), binary);
  for (const file of [archive, `${archive}.ok`, `${binary}.ok`]) writeFileSync(file, "");
};

/** A home folder for one run of pkg, removed afterwards: it holds copies of the binaries. */
const withSeededHome = async (target, use) => {
  const home = cached("pkg", `${process.pid}-${target}`);
  for (const needed of new Set([target, hostTarget])) seedTarget(path.join(home, ".pkg-cache", "sea"), needed);
  try {
    await use(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

const makeExecutable = (target) =>
  withSeededHome(target, async (home) => {
    const executable = executableFor(target);
    const unfinished = path.join(home, path.basename(executable));
    await mustRun(
      pinnedNode(),
      [pkgScript, "--sea", "--targets", `node${nodeVersion}-${target}`, "--output", unfinished, bundleFile],
      { env: { HOME: home, USERPROFILE: home } },
    );
    // Moved when complete: a build that was broken off leaves the old one, and one that is running may go on.
    mkdirSync(path.dirname(executable), { recursive: true });
    renameSync(unfinished, executable);
  });

/** Makes the executables of those targets whose bundle or runtime has changed. Resolves to the targets made. */
export const makeExecutables = async () => {
  const recipe = readFileSync(at("build", "executables.mjs"));
  const print = fingerprint(
    readFileSync(bundleFile),
    readFileSync(at("build", "runtime", "package-lock.json")),
    recipe,
  );
  const made = await Promise.all(
    targets.map((target) =>
      makeOnce(`executable-${target}`, executableFor(target), print, () => makeExecutable(target)),
    ),
  );
  return targets.filter((_, index) => made[index]);
};
