/** What a command may say: JSON on stdout, progress on stderr. Handed in, so that a test can listen. */
export type CommandIo = {
  /** One JSON value, the command's whole answer. */
  answer: (value: unknown) => void;
  /** One line a person may read while waiting. */
  progress: (line: string) => void;
};

/** One file a command. `run` returns the exit code; a thrown `PilotageError` becomes one sentence and its code. */
export type Command = {
  name: string;
  summary: string;
  /** After the name, for example `answers.json`. */
  usage: string;
  example: string;
  run: (args: string[], io: CommandIo) => Promise<number>;
};

/** sysexits as security and scripts expect them; 0, 1 and 3 are verdicts, so an internal error is never 1. */
export const exitCodes = {
  pass: 0,
  fail: 1,
  usage: 2,
  inconclusive: 3,
  data: 65,
  noInput: 66,
  unavailable: 69,
  internal: 70,
  cannotCreate: 73,
  inputOutput: 74,
  tryAgain: 75,
  permission: 77,
  configuration: 78,
} as const;
