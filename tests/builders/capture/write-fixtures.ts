// Writes tests/fixtures/captures: a zip for each small machine, a folder with the form that Constrained Language Mode writes,
// and folders of loose texts. Run it after a change of the builders: node tests/builders/capture/write-fixtures.ts

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeCaptureFolder, zipOf } from "./capture-files.ts";
import { captureOf } from "./machine/capture.ts";
import { dynamicPortLines, excludedPortLines, netstatLines } from "./machine/evidence.ts";
import { oemBytes } from "./oem-text.ts";
import { SMALL_EVIDENCE, SMALL_MACHINES } from "./small-machines.ts";

const CAPTURES = join("tests", "fixtures", "captures");

const folderFor = (name: string): string => {
  const folder = join(CAPTURES, name);
  mkdirSync(folder, { recursive: true });
  return folder;
};

for (const [name, make] of Object.entries(SMALL_MACHINES)) {
  mkdirSync(CAPTURES, { recursive: true });
  writeFileSync(join(CAPTURES, `${name}.zip`), zipOf(captureOf(make())));
}

const [[name, make] = []] = Object.entries(SMALL_MACHINES);
if (name !== undefined && make !== undefined) writeCaptureFolder(captureOf(make()), folderFor(`${name}-folder`));

for (const [evidence, gather] of Object.entries(SMALL_EVIDENCE)) {
  const box = gather();
  const texts = [
    netstatLines(box, { q: true }),
    ...(["tcp", "udp"] as const).flatMap((protocol) => [
      dynamicPortLines(box, protocol),
      excludedPortLines(box, protocol),
    ]),
  ];
  for (const [index, lines] of texts.entries())
    writeFileSync(join(folderFor(evidence), `${index + 1}.txt`), oemBytes(lines));
}
