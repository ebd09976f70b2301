/** All rules, in the order in which findings of one severity are told: what is the case, causes, what makes it worse, what to know. */
import { boundLeak } from "./bound-leak.ts";
import { poolExhausted } from "./pool-exhausted.ts";
import type { Rule } from "./rule.ts";

export const RULES: readonly Rule[] = [poolExhausted, boundLeak];
