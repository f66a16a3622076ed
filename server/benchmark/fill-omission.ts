/**
 * What HdrHistogram's correction makes of a closed-loop recording: behind each value v the requests that should have
 * been sent meanwhile, v - i, v - 2i and so on down to i. For reading other tools' results only: where requests really
 * waited in a queue it counts them twice, so our own figures start at the scheduled arrival and need no filling.
 */
export function fillOmission(values: readonly number[], expectedInterval: number): number[] {
  const filled = values.flatMap((value) => {
    const missing = [];
    for (let left = value - expectedInterval; left >= expectedInterval; left -= expectedInterval) {
      missing.push(left);
    }
    return [value, ...missing];
  });
  return filled.sort((a, b) => a - b);
}
