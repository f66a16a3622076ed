import { expect, test } from "vitest";
import { quoteMarkdown } from "./quote-markdown.ts";

test.each([
  ["Support RAG", "`Support RAG`"],
  ["a `code` b", "``a `code` b``"],
  ["`edge`", "`` `edge` ``"],
  ["\u0024{{ secrets.X }} $(id) <script>", "`\u0024{{ secrets.X }} $(id) <script>`"],
  ["two\nlines\u2028three", "`two lines three`"],
  ["```", "```` ``` ````"],
])("%j stands in Markdown as %j", (text, quoted) => {
  expect(quoteMarkdown(text)).toBe(quoted);
});
