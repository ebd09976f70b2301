// Knows: what each folder of the engine may import (docs/design.md, "Layers"), and that the engine has one class.
// Type-only imports count like others: a layer that names another's types knows that layer.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "@swc/core";
import { at } from "./tools/paths.mjs";

/** In order: each imports from its own folder and from those before it. */
const layers = [
  "bytes",
  "etl",
  "providers",
  "model",
  "explain",
  "artifacts",
  "trackers",
  "pools",
  "growth",
  "verdict",
  "findings",
  "remedies",
  "report",
  "cli",
];

/** Whatever reaches beyond files and this process: the engine reads files and prints. */
const forbiddenModules = /^node:(child_process|cluster|dgram|dns|http|http2|https|inspector|net|tls)(\/|$)/;

const touchesSystem = (file) => file === "engine/etl/file.ts" || file.startsWith("engine/cli/");

/** Calls `visit` with every node of a syntax tree. */
const walk = (node, visit) => {
  if (node === null || typeof node !== "object") return;
  if (typeof node.type === "string") visit(node);
  for (const child of Object.values(node)) walk(child, visit);
};

/** What a node imports: { specifier, typeOnly }, or undefined where it imports nothing. */
const importOf = (node) => {
  if (node.source?.type === "StringLiteral") return { specifier: node.source.value, typeOnly: node.typeOnly };
  if (node.type === "TsImportType") return { specifier: node.argument.value, typeOnly: true };
  if (node.type === "CallExpression" && node.callee.type === "Import") {
    return { specifier: node.arguments[0].expression.value ?? "", typeOnly: false };
  }
  return undefined;
};

const problemOfModule = (file, specifier) => {
  if (forbiddenModules.test(specifier)) return `${specifier} reaches beyond the trace and this process`;
  if (touchesSystem(file)) return undefined;
  return specifier.startsWith("node:")
    ? `${specifier} is only for engine/cli and engine/etl/file.ts`
    : `the package ${specifier} is only for engine/cli`;
};

/** capture.json comes from outside: what reads it checks it against its schema. */
const isInputValidator = (own, specifier) => own === "artifacts" && specifier.endsWith("/capture-validator.mjs");

const problemOfImport = (file, { specifier, typeOnly }) => {
  if (!specifier.startsWith(".")) return problemOfModule(file, specifier);
  const [, own] = file.split("/");
  const target = path.posix.join(path.posix.dirname(file), specifier);
  const [top, other] = target.split("/");
  if (target === "package.json" && own === "cli") return undefined;
  if (top !== "engine") return `${specifier} leaves the engine`;
  if (other === "generated")
    return typeOnly || isInputValidator(own, specifier)
      ? undefined
      : `${specifier} holds types: import them with "import type"`;
  if (other === "contract") return own === "cli" ? undefined : "only engine/cli carries the schemas themselves";
  if (!specifier.endsWith(".ts")) return `${specifier} does not end in .ts`;
  if (!layers.includes(other)) return `engine/${other} is no layer`;
  return layers.indexOf(other) <= layers.indexOf(own)
    ? undefined
    : `engine/${own} stands above engine/${other} and does not know it`;
};

const isErrorClass = ({ type, superClass }) => type === "ClassDeclaration" && superClass?.value === "Error";

/** Sentences about what breaks the rules; `files`: [{ file, source }], `file` relative to the root, with slashes. */
export const findProblems = (files) => {
  const problems = [];
  const errorClasses = [];
  for (const { file, source } of files) {
    const [, own] = file.split("/");
    if (!layers.includes(own)) problems.push(`${file}: engine/${own} is no layer`);
    walk(parseSync(source, { syntax: "typescript", target: "es2022" }), (node) => {
      const imported = importOf(node);
      const problem = imported && problemOfImport(file, imported);
      if (problem) problems.push(`${file}: ${problem}`);
      if (isErrorClass(node)) errorClasses.push(file);
      else if (/^Class(Declaration|Expression)$/.test(node.type))
        problems.push(`${file}: a class, where functions over readonly data are the style`);
    });
  }
  if (errorClasses.length > 1) problems.push(`${errorClasses.join(", ")}: the engine has one error type`);
  return problems;
};

const engineFiles = () =>
  readdirSync(at("engine"), { recursive: true })
    .map((name) => `engine/${name.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".ts") && !file.startsWith("engine/generated/"))
    .map((file) => ({ file, source: readFileSync(at(file), "utf8") }));

/** Checks the engine as it stands. */
export const checkLayers = () => findProblems(engineFiles());
