/** The decision: layers, picks, rules, what would change them. */
export const decision = {} as const;
