// Stands in for the engine in the tests of the module: what it writes, the name of the file asked for decides. A name in
// ./cases is written as recorded there (each case checked against engine/contract by validate.cjs); the others are runs
// that no recording can show: errors by code, broken streams, a slow engine, full pipes.
'use strict'
const fs = require('node:fs')
const path = require('node:path')

const hello = { kind: 'hello', engine: '0.1.0', contract: 1 }
const done = { kind: 'end', status: 'done' }
const report = recorded('healthy').find((record) => record.kind === 'trace-report')

const runs = {
  arguments: (args) => [hello, note(JSON.stringify(args)), report, done],
  died: () => {
    process.stderr.write('fatal: out of memory\n')
    process.exitCode = 134
    return [hello, report]
  },
  silent: () => {
    process.exitCode = 2
    return []
  },
  contract: () => [{ ...hello, engine: '9.0.0', contract: 2 }, report, done],
  headless: () => [report, done],
  garbage: () => [hello, 'Segmentation fault, not JSON', report, done],
  text: () => [hello, 'a string is JSON but no record', done].map((line) => (typeof line === 'string' ? JSON.stringify(line) : line)),
  huge: () => [hello, note('x'.repeat(900_000)), report, done],
  noisy: () => {
    fs.writeSync(2, 'stderr flood '.repeat(80_000))
    return [hello, report, done]
  },
  unknown: () => [hello, { kind: 'from-the-future' }, report, done],
  slow: () => {
    setInterval(() => {}, 1000)
    return [hello, failureRows(process.pid)]
  },
}

function recorded(name) {
  const file = path.join(__dirname, 'cases', `${name}.json`)
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null
}

function note(message) {
  return { kind: 'diagnostic', severity: 'information', code: 'note', message, offset: null }
}

function failed(code, file) {
  const error = { kind: 'error', code, message: `Told to fail with ${code}.`, advice: `Do what helps with ${code}.`, path: file }
  return [hello, error, { kind: 'end', status: 'failed' }]
}

function failureRows(processId) {
  const rows = recorded('failures').find((record) => record.kind === 'rows')
  return { ...rows, rows: rows.rows.map((row) => ({ ...row, processId })) }
}

function linesOf(records) {
  return records.map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`).join('')
}

const file = process.argv[3]
const name = path.basename(file, '.etl')
const records = runs[name]?.(process.argv.slice(2)) ?? recorded(name) ?? failed(name, file)
process.stdout.write(linesOf(records))
