// One clear sentence instead of a stack, with the exit code scripts know (sysexits).

export class Stop extends Error {
  /** @param {number} exitCode @param {string} sentence @param {string} [hint] */
  constructor(exitCode, sentence, hint) {
    super(sentence);
    this.exitCode = exitCode;
    this.hint = hint;
  }
}

/** @param {() => Promise<unknown>} main */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`\n${error.message}\n${error.hint ? `${error.hint}\n` : ""}`);
    process.exitCode = error.exitCode;
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}
