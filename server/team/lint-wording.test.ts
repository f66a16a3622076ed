import { expect, it } from "vitest";
import { lintWording } from "./lint-wording.ts";
import { ROLES } from "./roles.data.ts";
import { SKILLS } from "./skills.data.ts";

it.each([
  ["5+ years of Python", "years", "5+ years"],
  ["At least 3-5 years", "years", "3-5 years"],
  ["several years of experience", "years", "several years"],
  ["A coding ninja", "slang", "ninja"],
  ["our rock stars", "slang", "rock stars"],
  ["he will own the service", "gender", "he"],
  ["manpower planning", "gender", "manpower"],
  ["a young team", "age", "young"],
  ["digital natives", "age", "digital natives"],
  ["English native speaker", "origin", "native speaker"],
  ["a culture fit", "origin", "culture fit"],
  ["fast-paced", "ability", "fast-paced"],
  ["from a top-tier university", "degree", "top-tier university"],
])("“%s” is coded (%s)", (text, reason, words) => {
  expect(lintWording(text)[0]).toMatchObject({ reason, words });
  expect(lintWording(text)[0]?.why).not.toBe("");
});

it.each([
  "You serve a model behind an interface that streams.",
  "The shepherd's theory here helps the other others.",
  "A pilot of two weeks with a work sample of 90 minutes.",
  "Youth services platform, founded in 1999.",
])("“%s” may stand", (text) => {
  expect(lintWording(text)).toEqual([]);
});

it("our own roles and skills pass", () => {
  const own = [
    ...ROLES.flatMap(({ name, mission }) => [name, mission]),
    ...SKILLS.flatMap(({ name, description, anchors }) => [name, description, ...anchors]),
  ];
  expect(own.flatMap((text) => lintWording(text ?? ""))).toEqual([]);
});
