import { type Answers, UNKNOWN } from "#server/brief/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { evaluateCondition, readAnswer } from "./evaluate-condition.ts";
import { fillAnswers } from "./fill-answers.ts";
import { LAYER_RISKS, type RiskKind } from "./layer-risks.data.ts";
import type { Evidence, Layer, RuleSet } from "./schema.ts";

const say = sayRoom("decision");

/** `evidence` is null where it follows from the answers alone. */
export type OptionRisk = { kind: RiskKind; because: string; evidence: Evidence | null };

/** What stands beside the fitness of each option of a layer. An unknown answer raises no risk. */
export function judgeRisks(ruleSet: RuleSet, layer: Layer, given: Answers): Map<string, OptionRisk[]> {
  const { answers } = fillAnswers(ruleSet, given);
  const real = LAYER_RISKS.filter(
    (risk) => risk.layer === layer.id && evaluateCondition(risk.when, answers) === true,
  );
  const languages = readAnswer(answers, "langs");
  return new Map(
    layer.options.map((option) => [
      option.id,
      [
        ...real
          .filter(({ options }) => options === null || options.includes(option.id))
          .map(({ kind, because, evidence }) => ({ kind, because, evidence })),
        ...judgeTeam(option, languages),
      ],
    ]),
  );
}

function judgeTeam(option: Layer["options"][number], languages: unknown): OptionRisk[] {
  if (languages === UNKNOWN || !Array.isArray(languages)) return [];
  if (option.languages.some((language) => language === "any" || languages.includes(language))) return [];
  return [{ kind: "team", because: say("risk.language", { option: option.label }), evidence: null }];
}
