/** The one-page record of the decision. */
export const dossier = {
  unknown: {
    noRun: { what: "Whether it does what was promised", why: "No run is stored." },
    couldChange: "Could change {layers}.",
    skills: {
      all: "Who can build it",
      some: "{unassessed} of {needed} skills that it needs",
      why: "Nobody was assessed on them.",
    },
    and: "{others} and {last}",
  },
} as const;
