// Checks the fixtures of the fake engine against engine/contract, so that the tests of the module never pass on records that
// the engine would not write. Prints what does not fit; exit code 1 if anything does not.

import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const contract = new URL("../../../engine/contract/", import.meta.url);
const fixtures = new URL("fixtures/", import.meta.url);
const schemaOf = {
  "trace-report": "trace-report.schema.json",
  "capture-report": "capture-report.schema.json",
  "port-owner": "capture-report.schema.json#/$defs/portOwnerRows",
  "afd-owner": "capture-report.schema.json#/$defs/afdOwnerRows",
  "exhaustion-event": "capture-report.schema.json#/$defs/exhaustionEventRows",
  comparison: "change.schema.json",
  "port-change": "change.schema.json#/$defs/changeRows",
  "port-growth": "change.schema.json#/$defs/growthRows",
  failure: "event.schema.json",
};

const read = (folder, file) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

const ajv = new Ajv2020({ allErrors: true, strict: false });
for (const file of readdirSync(contract)) ajv.addSchema(read(contract, file));

for (const file of readdirSync(fixtures)) {
  for (const record of read(fixtures, file)) {
    if (ajv.validate(schemaOf[record.of ?? record.kind] ?? "stream.schema.json", record)) continue;
    process.exitCode = 1;
    process.stdout.write(`${file}, ${record.kind}: ${ajv.errorsText(ajv.errors, { separator: "; " })}\n`);
  }
}
