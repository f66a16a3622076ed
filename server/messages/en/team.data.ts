/** The team: skills matrix, gaps, hiring. */
export const team = {} as const;
