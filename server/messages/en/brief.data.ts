/** The brief: entry, questions, answers. */
export const brief = {} as const;
