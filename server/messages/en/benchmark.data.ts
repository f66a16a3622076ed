/** Runs, verdicts, figures, offers to the decision. */
export const benchmark = {} as const;
