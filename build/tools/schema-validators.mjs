// Knows: how to make one self-contained validator module of the contract's schemas.
// ajv's standalone code still requires parts of ajv, in CommonJS; esbuild puts them into the module.

import Ajv2020 from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { root } from "./paths.mjs";

const dispatchSource = (records) => `
import * as validators from "validators";

const byKey = new Map([${records.map(({ name, key }) => `[${JSON.stringify(key)}, validators.${name}]`).join(", ")}]);

export const validateRecord = (record) => {
  if (typeof record !== "object" || record === null) return ["a record is an object"];
  const key = byKey.has(record.kind) ? record.kind : record.kind + ":" + record.of;
  const validate = byKey.get(key);
  if (validate === undefined) return ["the contract has no record of kind " + record.kind];
  return validate(record) ? [] : validate.errors.map(({ instancePath, message }) => key + instancePath + " " + message);
};
`;

export const validatorTypes = `
/** What is wrong with \`record\` as a line of the engine's output, one sentence each; empty where it keeps the contract. */
export declare const validateRecord: (record: unknown) => readonly string[];
`;

const inputSource = `
import * as validators from "validators";

export const validateInput = (value) =>
  validators.input(value) ? [] : validators.input.errors.map(({ instancePath, message }) => instancePath + " " + message);
`;

export const inputValidatorTypes = `
/** What is wrong with \`value\`, the parsed content of a capture.json, one sentence each with the place in front. */
export declare const validateInput: (value: unknown) => readonly string[];
`;

/** One self-contained ES module: `source`, which imports "validators", with ajv's validators `exports`: name -> schema pointer. */
const buildModule = async (schemas, exports, source, options) => {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    schemas,
    code: { source: true, esm: true },
    ...options,
  });
  const code = standalone(ajv, exports);
  const provideValidators = {
    name: "validators",
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^validators$/ }, ({ path }) => ({ path, namespace: "ajv" }));
      onLoad({ filter: /.*/, namespace: "ajv" }, () => ({ contents: code, resolveDir: root, loader: "js" }));
    },
  };
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: source, resolveDir: root, loader: "js" },
    bundle: true,
    platform: "node",
    format: "esm",
    legalComments: "none",
    logLevel: "error",
    write: false,
    plugins: [provideValidators],
  });
  return outputFiles[0].text;
};

/** Source of an ES module that exports `validateRecord`. `records`: [{ name, pointer, key }], as build/schemas.mjs reads them. */
export const buildValidators = (schemas, records) => {
  const exports = Object.fromEntries(records.map(({ name, pointer }) => [name, pointer]));
  return buildModule(schemas, exports, dispatchSource(records), { allErrors: true });
};

/** Source of an ES module that exports `validateInput` for the schema `pointer`: it stops at the first error, as input is not ours. */
export const buildInputValidator = (schemas, pointer) => buildModule(schemas, { input: pointer }, inputSource, {});
