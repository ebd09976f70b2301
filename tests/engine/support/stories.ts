// The scenarios as stories, so that one telling can be put into many containers; a story is told once a test file.

import { failures } from "../../builders/scenarios/failures.ts";
import { files } from "../../builders/scenarios/files.ts";
import { generations } from "../../builders/scenarios/generations.ts";
import { identities } from "../../builders/scenarios/identities.ts";
import { leaks } from "../../builders/scenarios/leaks.ts";
import type { Plot } from "../../builders/scenarios/scenario.ts";

/** What happened on a machine, apart from `files`, which are about containers themselves. */
export const storyPlots: Readonly<Record<string, Plot>> = { ...leaks, ...failures, ...identities, ...generations };
export const filePlots: Readonly<Record<string, Plot>> = files;
