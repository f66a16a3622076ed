/** By error code: what happened and where, and what to do about it. The code is a promise to scripts, the words are not. */
export const errors = {} as const;
