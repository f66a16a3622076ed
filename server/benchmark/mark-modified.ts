/**
 * The text of an accepted report with `modified` set by whoever compared the pilot with its hand-out. Only that value
 * changes, so that every number stays spelt as the pilot wrote it and a record stays one line.
 */
export function markModified(text: string, modified: boolean): string {
  // Inside of a JSON string the quotes would be escaped, and no other key of this name holds one of these values.
  const marked = text.replace(/"modified"(\s*:\s*)(?:null|true|false)/g, `"modified"$1${modified}`);
  const report = JSON.parse(marked) as { modified: unknown };
  // A key that is spelt with escapes is the same key.
  return report.modified === modified ? marked : JSON.stringify({ ...report, modified });
}
