/** All remedies, by name. */
import type { RemedyRule } from "./remedy-rule.ts";
import { restartService } from "./restart-service.ts";

export const REMEDIES: readonly RemedyRule[] = [restartService];
