/**
 * Free text as a Markdown code span: it reads back byte for byte, and no link, heading, HTML or expression can come
 * of it. The fence is one backtick longer than the longest run inside, as CommonMark asks.
 */
export function quoteMarkdown(text: string): string {
  const line = text.replace(/[\r\n\u0085\u2028\u2029]+/g, " ");
  const longestRun = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longestRun + 1);
  // A blank inside both fences is dropped by every reader, and is needed where the text touches a backtick.
  const pad = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}
