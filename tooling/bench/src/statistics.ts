/** A median with its spread: a tenth of the values is below `low`, and a tenth above `high`. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (q: number) => sorted[Math.round(q * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}

/** The median of the ratios of the rounds, so that what slows a whole round cancels out. */
export function ratioOf(a: readonly number[], b: readonly number[]): number {
  return spreadOf(a.map((value, round) => value / (b[round] ?? Number.NaN))).median;
}

export function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
