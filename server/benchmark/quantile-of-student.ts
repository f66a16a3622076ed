/** t with P(T <= t) = p for `df` degrees of freedom (a whole number), by halving on the closed form. */
export function quantileOfStudent(p: number, df: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -quantileOfStudent(1 - p, df);
  let high = 1;
  while (chanceOfStudent(high, df) < p) high *= 2;
  let low = 0;
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (chanceOfStudent(middle, df) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(T <= t), Abramowitz and Stegun 26.7.3 and 26.7.4: finite sums for odd and even degrees of freedom. */
export function chanceOfStudent(t: number, df: number): number {
  const angle = Math.atan(t / Math.sqrt(df));
  const square = Math.cos(angle) ** 2;
  const odd = df % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = df === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= df - 2; k += 2) {
    term *= (square * (k - 1)) / k;
    sum += term;
  }
  const central = odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return (1 + central) / 2;
}
