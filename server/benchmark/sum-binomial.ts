/**
 * Tail sums of the binomial distribution, sound up to n = 10 million: the probability of one count by Loader's
 * saddle-point expansion (2000; log-gamma would lose eight digits at a million), the tail by the ratio of neighbours
 * until it adds nothing, always on the side away from the mean.
 */
export function chanceAtMost(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  if (p <= 0) return 1;
  if (p >= 1) return 0;
  return k < n * p ? sumDown(k, n, p) : 1 - sumUp(k + 1, n, p);
}

export function chanceAtLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return k > n * p ? sumUp(k, n, p) : 1 - sumDown(k - 1, n, p);
}

function sumDown(k: number, n: number, p: number): number {
  const odds = p / (1 - p);
  let term = chanceOf(k, n, p);
  let sum = term;
  for (let i = k; i > 0; i -= 1) {
    term *= i / ((n - i + 1) * odds);
    sum += term;
    if (term <= sum * 1e-17) break;
  }
  return Math.min(1, sum);
}

function sumUp(k: number, n: number, p: number): number {
  const odds = p / (1 - p);
  let term = chanceOf(k, n, p);
  let sum = term;
  for (let i = k; i < n; i += 1) {
    term *= ((n - i) / (i + 1)) * odds;
    sum += term;
    if (term <= sum * 1e-17) break;
  }
  return Math.min(1, sum);
}

function chanceOf(k: number, n: number, p: number): number {
  const q = 1 - p;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  const log =
    stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance(k, n * p) - deviance(n - k, n * q);
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** log(n!) minus Stirling's formula. */
function stirlingError(n: number): number {
  if (n < 16) {
    let factorial = 1;
    for (let i = 2; i <= n; i += 1) factorial *= i;
    return Math.log(factorial) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
  }
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}

/** x log(x / mean) + mean - x, by a series where x is near the mean and the plain form cancels. */
function deviance(x: number, mean: number): number {
  const gap = x - mean;
  if (Math.abs(gap) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - gap;
  const ratio = gap / (x + mean);
  let sum = gap * ratio;
  let term = 2 * x * ratio;
  for (let j = 1; j < 1000; j += 1) {
    term *= ratio * ratio;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
