import type { RuleEdit } from "#server/decision/draft-schema.ts";
import type { EditableRule } from "../standards-data.ts";

/** A change of thresholds or weights is a new minor version: "1.4.2" becomes "1.5.0". */
export function raiseVersion(version: string): string {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return `${major}.${minor + 1}.0`;
}

/** How many values of a rule differ from what is in force. */
export function countEdits({ rule: _, effects, thresholds, ...single }: RuleEdit): number {
  return [effects ?? {}, thresholds ?? {}, single].flatMap(Object.keys).length;
}

/** One value of a rule, or of one of its lists, changed; a value set back to what is in force is no edit. */
export function editValue(
  rule: EditableRule,
  edit: RuleEdit | undefined,
  change: Partial<RuleEdit>,
): RuleEdit {
  const wanted = {
    ...edit,
    ...change,
    effects: { ...edit?.effects, ...change.effects },
    thresholds: { ...edit?.thresholds, ...change.thresholds },
  };
  const kept = (values: Record<string, number>, inForce: [string, number][]) => {
    const present = new Map(inForce);
    const own = Object.entries(values).filter(([key, value]) => present.get(key) !== value);
    return own.length === 0 ? undefined : Object.fromEntries(own);
  };
  const effects = kept(
    wanted.effects,
    rule.effects.map(({ option, value }) => [option, value]),
  );
  const thresholds = kept(
    wanted.thresholds,
    rule.thresholds.map(({ question, value }) => [question, value]),
  );
  const { weight, confidence, reviewBy } = wanted;
  return {
    rule: rule.id,
    ...(weight !== undefined && weight !== rule.weight ? { weight } : {}),
    ...(confidence !== undefined && confidence !== rule.confidence ? { confidence } : {}),
    ...(reviewBy !== undefined && reviewBy !== rule.reviewBy ? { reviewBy } : {}),
    ...(effects ? { effects } : {}),
    ...(thresholds ? { thresholds } : {}),
  };
}
