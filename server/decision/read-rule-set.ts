import data from "./rule-set.json" with { type: "json" };
import { RuleSet } from "./schema.ts";

/** The published rule set that ships with the program. Checked by its test, so that it parses at every start. */
export const RULE_SET: RuleSet = RuleSet.parse(data);
