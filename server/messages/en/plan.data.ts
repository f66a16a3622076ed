/** The ten-day plan: tasks, gates, risks. */
export const plan = {} as const;
