// Checks every recorded case of the fake engine against engine/contract, so that the tests of the module never pass on
// records that the engine would not write. Prints what does not fit; exit code 1 if anything does not.
'use strict'
const fs = require('node:fs')
const path = require('node:path')
const Ajv2020 = require('ajv/dist/2020').default

const contract = path.join(__dirname, '..', '..', '..', 'engine', 'contract')
const cases = path.join(__dirname, 'cases')
const ajv = new Ajv2020({ allErrors: true, strict: false })
for (const file of fs.readdirSync(contract)) {
  ajv.addSchema(JSON.parse(fs.readFileSync(path.join(contract, file), 'utf8')))
}

function schemaFor(kind) {
  if (kind === 'trace-report') {
    return 'trace-report.schema.json'
  }
  return kind === 'rows' ? 'event.schema.json' : 'stream.schema.json'
}

for (const file of fs.readdirSync(cases)) {
  for (const record of JSON.parse(fs.readFileSync(path.join(cases, file), 'utf8'))) {
    if (!ajv.validate(schemaFor(record.kind), record)) {
      process.exitCode = 1
      process.stdout.write(`${file}, ${record.kind}: ${ajv.errorsText(ajv.errors, { separator: '; ' })}\n`)
    }
  }
}
