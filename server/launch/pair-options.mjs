// A small set of configurations in which every two options of different kinds meet at least once.

/**
 * Greedy, without chance: each next configuration takes, kind by kind, the option that meets most pairs not yet seen.
 *
 * @template {Record<string, readonly (string | number | boolean)[]>} Options
 * @param {Options} options
 * @returns {{ [Kind in keyof Options]: Options[Kind][number] }[]}
 */
export function pairOptions(options) {
  const kinds = Object.keys(options);
  const open = listPairs(options);
  const rows = [];
  while (open.size > 0) {
    const [first] = open;
    const row = Object.fromEntries(JSON.parse(first));
    for (const kind of kinds) {
      if (kind in row) continue;
      row[kind] = pickOption(kind, options[kind], row, open, rows.length);
    }
    for (const pair of pairsOf(row, kinds)) open.delete(pair);
    rows.push(Object.fromEntries(kinds.map((kind) => [kind, row[kind]])));
  }
  return /** @type {any} */ (rows);
}

/** @param {Record<string, readonly unknown[]>} options @returns {Set<string>} */
export function listPairs(options) {
  const kinds = Object.keys(options);
  const pairs = new Set();
  kinds.forEach((left, at) => {
    for (const right of kinds.slice(at + 1))
      for (const one of options[left])
        for (const other of options[right]) pairs.add(namePair(left, one, right, other));
  });
  return pairs;
}

/** @param {Record<string, unknown>} row @param {string[]} kinds @returns {string[]} */
export function pairsOf(row, kinds) {
  return kinds.flatMap((left, at) =>
    kinds.slice(at + 1).map((right) => namePair(left, row[left], right, row[right])),
  );
}

/**
 * @param {string} kind @param {readonly unknown[]} choices @param {Record<string, unknown>} row
 * @param {Set<string>} open @param {number} turn
 */
function pickOption(kind, choices, row, open, turn) {
  let best = choices[0];
  let most = -1;
  // Each configuration begins elsewhere, so that options that meet nothing new take turns.
  for (let step = 0; step < choices.length; step++) {
    const choice = choices[(turn + step) % choices.length];
    const met = Object.entries(row).filter(
      ([other, value]) =>
        open.has(namePair(kind, choice, other, value)) || open.has(namePair(other, value, kind, choice)),
    ).length;
    if (met > most) [best, most] = [choice, met];
  }
  return best;
}

/** @param {string} left @param {unknown} one @param {string} right @param {unknown} other */
function namePair(left, one, right, other) {
  return JSON.stringify([
    [left, one],
    [right, other],
  ]);
}
