/** The hand-out of the pilot. */
export const scaffold = {} as const;
