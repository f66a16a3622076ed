/**
 * The word somebody probably meant, or null when nothing is near: at most a third of the letters may differ, two at
 * least. The beginning of a word counts as near too: `latency` means `latency_ms`.
 */
export function findNearestWord(typed: string, words: readonly string[]): string | null {
  const allowed = Math.max(2, Math.floor(typed.length / 3));
  let nearest =
    typed.length < 3 ? null : (words.find((word) => word.startsWith(typed.toLowerCase())) ?? null);
  if (nearest !== null) return nearest;
  let best = allowed + 1;
  for (const word of words) {
    // A word of far other length can't be near; it also keeps a 10,000-letter key from costing anything.
    if (Math.abs(word.length - typed.length) > allowed) continue;
    const distance = countEdits(typed.toLowerCase(), word);
    if (distance < best) {
      best = distance;
      nearest = word;
    }
  }
  return nearest;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function countEdits(from: string, to: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let edits = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) edits = Math.min(edits, (older[column - 2] ?? 0) + 1);
      current.push(edits);
    }
    older = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}
