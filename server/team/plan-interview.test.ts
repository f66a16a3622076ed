import { describe, expect, it } from "vitest";
import { INTERVIEW_QUESTIONS } from "./interview-questions.data.ts";
import { InterviewKit, InterviewQuestion } from "./interview-schema.ts";
import { planInterview } from "./plan-interview.ts";
import { ROLES } from "./roles.data.ts";
import { SKILLS } from "./skills.data.ts";

const kitOf = (id: string) => {
  const role = ROLES.find((one) => one.id === id);
  if (!role) throw new Error(`no role ${id}`);
  return InterviewKit.parse(planInterview(role));
};
const asked = (id: string) =>
  kitOf(id).stages.map((stage) =>
    `${stage.id} ${stage.minutes}: ${stage.questions.map((q) => q.id).join(" ")}`.trim(),
  );

describe("the questions", () => {
  it("are sixteen, each with probes and four anchors", () => {
    expect(INTERVIEW_QUESTIONS.map(({ id }) => id)).toEqual(
      Array.from({ length: 16 }, (_, at) => `Q${String(at + 1).padStart(2, "0")}`),
    );
    for (const question of INTERVIEW_QUESTIONS) expect(() => InterviewQuestion.parse(question)).not.toThrow();
  });

  it("touch every skill of the catalogue", () => {
    const touched = new Set(INTERVIEW_QUESTIONS.flatMap(({ skillIds }) => skillIds));
    expect(SKILLS.map(({ id }) => id).filter((id) => !touched.has(id))).toEqual([]);
  });
});

describe("the loop", () => {
  it.each(ROLES.map(({ id }) => id))("of %s takes 4 h 15 min and asks the guide's question", (id) => {
    const kit = kitOf(id);
    expect(kit.minutes).toBe(255);
    expect(kit.stages.map(({ minutes }) => minutes)).toEqual([30, 60, 90, 45, 30]);
    expect(kit.stages[1]?.questions[0]?.id).toBe("Q01");
    for (const stage of kit.stages) {
      const used = stage.questions.reduce((sum, { minutes }) => sum + minutes, 0);
      expect(used).toBeLessThanOrEqual(stage.minutes);
    }
    const numbers = kit.stages.flatMap(({ questions }) => questions.map((question) => question.id));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(new Set(kit.stages.map(({ dimension }) => dimension)).size).toBe(5);
  });

  it.each([
    ["AIPE", "Q05 Q10"],
    ["MLE", "Q06 Q08"],
    ["OPS", "Q08 Q09"],
    ["DE", "Q07 Q09"],
    ["SYS", "Q06 Q07"],
    ["SEC", "Q05 Q10"],
    ["PL", "Q08 Q10"],
  ])("asks %s two situations of the six: %s", (id, questions) => {
    expect(asked(id)[3]).toBe(`systems 45: ${questions}`);
  });

  it("asks an engineer and a product lead what each of them can know", () => {
    expect(asked("MLE")[0]).toBe("screen 30: Q02 Q14");
    expect(asked("MLE")[4]).toBe("product 30: Q11 Q12 Q13");
    expect(asked("PL")[0]).toBe("screen 30: Q11 Q14");
    expect(asked("PL")[4]).toBe("product 30: Q12 Q13");
  });

  it("says which must skills no question touches, and which questions may stand in", () => {
    expect(kitOf("DE").uncovered).toEqual(["S10", "S22"]);
    expect(kitOf("SYS").reserve.map(({ id }) => id)).toEqual(["Q15"]);
    expect(kitOf("SEC").reserve.map(({ id }) => id)).toEqual(["Q16"]);
  });

  it("adds nothing up: no total, average, rank or recommendation has a place in it", () => {
    const keys = JSON.stringify(InterviewKit.shape) + JSON.stringify(kitOf("MLE"));
    expect(keys).not.toMatch(/"(total|sum|average|mean|rank|score|recommendation|verdict)"/i);
  });
});
