// Knows: how docs/errors.md is written from the tables of engine/explain. Run with a Node that reads TypeScript (22.18 or later):
// node build/error-page.mjs. tests/build/error-page.test.mjs says when it is due.

import { ENTRIES } from "../engine/explain/entries.ts";
import { sourcesOf } from "../engine/explain/entry.ts";
import { writeIfChanged } from "./tools/cache.mjs";
import { at, isMain } from "./tools/paths.mjs";

const head = `# Errors

What \`Resolve-PortError\` knows, and where from. Written by \`build/error-page.mjs\` from the tables in \`engine/explain/\`: change those, not
this page.

**Exhaustion** says whether the error means that ports ran out. Yes: it proves that a port was wanted and none could be given, at that
time. Maybe: that is one of its causes, and "when" says what tells it from the others. No: it is about something else.

A number is taken for a code where the text makes it one: alone (\`10055\`, \`0xC0000209\`, \`-1073741303\`), behind a word for error in about
twenty languages (\`Fehler 10048\`, \`错误10055\`), in brackets (\`(os error 10055)\`), at the beginning of a message. A port (\`10.0.0.1:10055\`),
a PID, a thread, a line, a count, a bar code are none. Every source of events has its own 4231: an id is taken for an event where its source
is named (\`Source: Tcpip\`, \`<Provider Name='Tcpip'/>\`), or where nothing else is asked (\`Event ID 4231?\`). Eight hex digits with 0x and
negative numbers need no such word; HRESULTs (\`0x80072747\`) and NTSTATUS in an HRESULT (\`0xD0000209\`) are read as the code inside.
`;

const TITLES = [
  ["Winsock", "Winsock"],
  ["NTSTATUS", "NTSTATUS"],
  ["WindowsEvent", "Events of the System log"],
  ["Win32", "Win32"],
  ["HRESULT", "HRESULT"],
  ["Program", "Programs and runtimes"],
];

const quoted = (texts) => texts.map((text) => `\`${text}\``).join(", ");

const line = (label, text) => (text === "" ? [] : [`- ${label}: ${text}`]);

const linked = (sources) => sources.map((source, index) => `[${index + 1}](${source})`).join(" ");

const section = (entry) =>
  [
    `### ${entry.code}`,
    "",
    entry.meaning,
    "",
    `- **Exhaustion: ${entry.exhaustion}.** ${entry.when}`,
    ...line("Names", quoted(entry.names)),
    ...line("Texts", quoted(entry.sayings.map(({ text }) => text))),
    ...line("Only beside the word", entry.beside === null ? "" : `\`${entry.beside}\``),
    ...line("Sources", linked(sourcesOf(entry))),
    "",
  ].join("\n");

export const errorPage = () =>
  [
    head,
    ...TITLES.flatMap(([system, title]) => [
      `## ${title}\n`,
      ...ENTRIES.filter((entry) => entry.system === system).map(section),
    ]),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");

export const errorPageFile = at("docs", "errors.md");

export const writeErrorPage = () => writeIfChanged(errorPageFile, errorPage());

if (isMain(import.meta.url)) writeErrorPage();
