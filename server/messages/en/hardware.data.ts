/** What this machine can do, and why a better backend was not used. */
export const hardware = {
  wrongProduct: "computed a wrong product: {product}",
  notInstalled: "not installed",
  noMessage: "failed without a message",
  noWebAssembly: "WebAssembly did not start",
  probeEnded: "the measuring process ended with {how}",
  exitCode: "code {code}",
  notWritten: "could not be written",
} as const;
