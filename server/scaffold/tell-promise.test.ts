import { expect, test } from "vitest";
import { tellPromise } from "./tell-promise.ts";

const hostile = "`$(id)` <script> # {{7*7}}";
const promised = {
  title: hostile,
  problem: "",
  scope: "",
  owner: hostile,
  business: [{ name: hostile, unit: "per week", baseline: null, target: 300 }],
  technical: [{ name: "Answer accuracy", unit: "%", comparison: "above" as const, target: 80 }],
};

test("the charter says where the pilot begins, what it counts, and what nobody said yet", () => {
  const text = tellPromise(promised).join("\n");
  expect(text).toContain("Scope: not said yet");
  expect(text).toContain("today not said yet, target `300 per week`");
  expect(text).toContain("- `Answer accuracy` above `80 %`");
});

test("what people typed stands in code spans and starts nothing", () => {
  const text = tellPromise(promised).join("\n");
  const outside = text.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, "");
  expect(outside).not.toMatch(/<script>|\$\(id\)|\{\{/);
  expect(text.split("\n").filter((line) => line.startsWith("#"))).toHaveLength(1);
});
