/** The list of projects and the page that starts one. */
export const home = {} as const;
