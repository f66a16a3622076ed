/** The trace from brief to verdict. */
export const trace = {} as const;
