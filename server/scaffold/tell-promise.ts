import type { EntryPoint } from "#server/brief/entry-schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { quoteMarkdown } from "./quote-markdown.ts";

const say = sayRoom("scaffold");

/** What the chosen entry point promised, without its scores: the pilot is judged by its metrics. */
export type Promised = Pick<EntryPoint, "title" | "problem" | "scope" | "owner" | "business" | "technical">;

export function pickPromise({ title, problem, scope, owner, business, technical }: EntryPoint): Promised {
  return { title, problem, scope, owner, business, technical };
}

/** The charter's lines on where the pilot begins. All of it is people's text, so each goes into a code span. */
export function tellPromise({ title, scope, owner, business, technical }: Promised): string[] {
  const quoted = (text: string) => (text === "" ? say("promise.notSaid") : quoteMarkdown(text));
  const amount = (value: number | null, unit: string) =>
    value === null ? say("promise.notSaid") : quoteMarkdown(`${value} ${unit}`.trim());
  return [
    `## ${say("promise.heading")}`,
    "",
    say("promise.begins", { title: quoteMarkdown(title) }),
    say("promise.scope", { scope: quoted(scope) }),
    say("promise.owner", { owner: quoted(owner) }),
    "",
    ...business.map(({ name, unit, baseline, target }) => {
      const values = { baseline: amount(baseline, unit), target: amount(target, unit) };
      return `- ${say("promise.business", { name: quoteMarkdown(name), ...values })}`;
    }),
    ...technical.map(({ name, unit, comparison, target }) => {
      const values = { comparison, target: amount(target, unit) };
      return `- ${say("promise.technical", { name: quoteMarkdown(name), ...values })}`;
    }),
    "",
  ];
}
