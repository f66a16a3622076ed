/** What a workspace decides and measures by: rule set and skill catalogue. */
export const standards = {
  catalogue: {
    levels: "levels: five are needed, 0 to 4 in order.",
    twice: "{list}: {id} stands there twice.",
    noGroup: "skills {skill}: there is no group {group}.",
    noSkill: "{where}: there is no skill {skillId}.",
    noRole: "{where}: there is no role {role}.",
  },
} as const;
