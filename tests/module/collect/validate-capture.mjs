// Checks capture.json files against engine/contract/capture.schema.json, so that the tests of the collectors never pass on a capture
// that the engine would refuse. Prints what does not fit.

import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const contract = new URL("../../../engine/contract/", import.meta.url);
const ajv = new Ajv2020({ allErrors: true, strict: false });
for (const file of readdirSync(contract)) ajv.addSchema(JSON.parse(readFileSync(new URL(file, contract), "utf8")));

for (const file of process.argv.slice(2)) {
  if (ajv.validate("capture.schema.json", JSON.parse(readFileSync(file, "utf8")))) continue;
  process.stdout.write(`${file}: ${ajv.errorsText(ajv.errors, { separator: "; " })}\n`);
}
