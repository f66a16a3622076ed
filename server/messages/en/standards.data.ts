/** What a workspace decides and measures by: rule set and skill catalogue. */
export const standards = {
  title: "Rules and skills",
  question: "What do we decide and measure by?",
  lead: "Rule set {rules} decides, {rulesOwn, select, true {published here} other {as it ships}}, until {expires}. Skill catalogue {skills} measures, {skillsOwn, select, true {published here} other {as it ships}}.",
  version: "Version",
  origin: "Origin",
  own: "published by this workspace; {shipped} ships with the program",
  shipped: "ships with the program",
  expires: "Expires",
  contents: "Holds",
  rules: {
    title: "Rule set",
    holds: "{layers} layers, {rules} rules",
  },
  skills: {
    title: "Skill catalogue",
    holds: "{skills} skills, {roles} roles",
  },
  download: "Download as JSON",
  upload: "A new version",
  uploadHint:
    "The downloaded file, edited, with a higher version. What it changes is shown before anything is stored.",
  checking: "Reading and comparing …",
  refused: "Nothing was stored.",
  changes:
    "{count, plural, =0 {Nothing differs from what is in force.} one {One value differs.} other {# values differ.}}",
  more: "The first {shown} of them:",
  value: "Value",
  before: "Now",
  after: "Then",
  absent: "not there",
  decisions:
    "{count, plural, =0 {No decision of this workspace changes.} one {One pick changes:} other {# picks change:}}",
  decisionsCaption: "Picks that would change",
  changesCaption: "Values that would change",
  project: "Project",
  layer: "Layer",
  nothing: "no pick",
  publish: "Publish version {version}",
  publishing: "Publishing …",
  published: "Version {version} is in force.",
  why: {
    title: "Why versions",
    said: "A decision is only worth defending when it can be computed again. A published version never changes; a correction is the next one, and the history says who published it.",
  },
  overdue: {
    title: "Review dates",
    said: "A rule past its review date cannot be published. One already in force only warns.",
  },
  catalogue: {
    levels: "levels: five are needed, 0 to 4 in order.",
    twice: "{list}: {id} stands there twice.",
    noGroup: "skills {skill}: there is no group {group}.",
    noSkill: "{where}: there is no skill {skillId}.",
    noRole: "{where}: there is no role {role}.",
  },
} as const;
