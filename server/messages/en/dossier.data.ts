/** The one-page record of the decision. */
export const dossier = {} as const;
