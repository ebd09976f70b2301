/**
 * The command line: portexhaustion-engine trace|events|capture|explain|schema. Results go to standard output as NDJSON and nothing else
 * does; text for people goes to standard error. Exit code 0 done, 1 the run failed (an error record says why), 2 usage.
 */
import yargs, { type Argv } from "yargs";
import { parseIsoTime } from "../bytes/filetime.ts";
import { runCapture } from "./capture.ts";
import { runCompare } from "./compare.ts";
import { runEvents } from "./events.ts";
import { runGrowth } from "./growth.ts";
import { runExplain } from "./explain.ts";
import { createOutput, type Output } from "./output.ts";
import { schemaText } from "./schema.ts";
import { EXIT, runFramed } from "./session.ts";
import { runTrace } from "./trace.ts";
import { ENGINE_VERSION } from "./version.ts";

const TIME_HELP = "ISO 8601 with a zone, as 2026-11-24T09:00:00Z";

/** An option given twice comes as a list: the last one counts, as everywhere on a command line. */
const checkTime =
  (name: string) =>
  (given: string | readonly string[] | undefined): string | undefined => {
    const text = typeof given === "object" ? given.at(-1) : given;
    if (text !== undefined && parseIsoTime(text) === null)
      throw new Error(`--${name} is no time that can be read: ${text}. Give ${TIME_HELP}.`);
    return text;
  };

/** yargs drops a lone hyphen from a list of files; so it goes past it under a name that no file has. */
const HIDDEN_HYPHEN = "\0-";
const hidden = (argument: string): string => (argument === "-" ? HIDDEN_HYPHEN : argument);
const shown = (argument: string): string => (argument === HIDDEN_HYPHEN ? "-" : argument);

/** What stands behind `--` is left among the words of the command line, the first of which is the command. */
const behindDashes = ([, ...rest]: readonly (string | number)[]): readonly string[] => rest.map(String).map(shown);

const withFile = <T>(parser: Argv<T>) =>
  parser
    .positional("file", { type: "string", demandOption: true, describe: "an .etl trace", coerce: shown })
    .option("since", {
      type: "string",
      requiresArg: true,
      describe: `only events from this moment on: ${TIME_HELP}`,
      coerce: checkTime("since"),
    })
    .option("until", {
      type: "string",
      requiresArg: true,
      describe: "only events up to this moment",
      coerce: checkTime("until"),
    });

const fail = (message: string | null, error: Error | undefined): never => {
  process.stderr.write(
    `portexhaustion-engine: ${message ?? error?.message ?? "wrong usage"}\nportexhaustion-engine --help shows how it is used.\n`,
  );
  return process.exit(EXIT.usage);
};

/** Commands about change over time. */
const withChange = <T>(parser: Argv<T>, output: Output, finish: (action: () => void) => void): Argv<T> =>
  parser
    .command(
      "compare <files..>",
      "what changed between captures of one machine",
      (parser) =>
        parser.positional("files", {
          type: "string",
          array: true,
          demandOption: true,
          describe: "2 to 1000 captures, in any order",
          coerce: (files: readonly string[]) => files.map(shown),
        }),
      ({ files }) => finish(() => runCompare(output, { files })),
    )
    .command(
      "growth <files..>",
      "how the use of ports changes over the history of a watch",
      (parser) =>
        parser.positional("files", {
          type: "string",
          array: true,
          demandOption: true,
          describe: "history.csv, and history.1.csv beside it; - is standard input",
          coerce: (files: readonly string[]) => files.map(shown),
        }),
      ({ files }) => finish(() => runGrowth(output, { files })),
    );

const main = (): void => {
  const output = createOutput();
  const finish = (action: () => void): void => {
    process.exitCode = runFramed(output, action);
  };
  const parser = yargs(process.argv.slice(2).map(hidden))
    .scriptName("portexhaustion-engine")
    .locale("en")
    .version(ENGINE_VERSION)
    .wrap(100)
    .parserConfiguration({ "parse-positional-numbers": false })
    .usage("$0 COMMAND: evidence about ephemeral ports, as NDJSON on standard output")
    .command(
      "trace <file>",
      "verdict on a trace",
      (parser) =>
        withFile(parser)
          .option("failures", { type: "boolean", default: false, describe: "write every failed call too" })
          .option("capture", {
            type: "string",
            array: true,
            requiresArg: true,
            nargs: 1,
            describe: "a capture taken at its start or end; may be given several times",
          }),
      ({ file, since, until, failures, capture }) =>
        finish(() => runTrace(output, { file, since, until, failures, captures: capture ?? [] })),
    )
    .command(
      "events <file>",
      "the events of a trace",
      (parser) =>
        withFile(parser).option("count", {
          type: "boolean",
          default: false,
          describe: "count them by provider, id and version",
        }),
      ({ file, since, until, count }) => finish(() => runEvents(output, { file, since, until, count })),
    )
    .command(
      "capture <files..>",
      "verdict on a capture, or on output of netstat, netsh and others",
      (parser) =>
        parser.positional("files", {
          type: "string",
          array: true,
          demandOption: true,
          describe: "one capture and any number of texts; - is standard input",
          coerce: (files: readonly string[]) => files.map(shown),
        }),
      ({ files }) => finish(() => runCapture(output, { files })),
    )
    .command(
      "explain [texts..]",
      "what errors say about ports: 10055, 0xC0000209, 4231, or a message",
      (parser) =>
        parser
          .positional("texts", {
            type: "string",
            array: true,
            default: [] as readonly string[],
            describe: "codes and messages; - is standard input; -- before a text that begins with a hyphen",
            coerce: (texts: readonly string[]) => texts.map(shown),
          })
          .option("file", {
            type: "string",
            array: true,
            requiresArg: true,
            nargs: 1,
            describe: "a text file to search, as a log; may be given several times",
          })
          .check(({ texts, file, _ }) =>
            texts.length + (file ?? []).length + behindDashes(_).length > 0 ? true : "a text is missing",
          ),
      ({ texts, file, _ }) =>
        finish(() => runExplain(output, { texts: [...texts, ...behindDashes(_)], files: file ?? [] })),
    )
    .command("schema", "the JSON Schemas of the records", {}, () => {
      process.stdout.write(schemaText());
    })
    .demandCommand(1, "a command is missing")
    .strict()
    .fail(fail);
  withChange(parser, output, finish).parseSync();
};

main();
