/** The offset of each worker's clock, in ms. The first two clocks differ by the maximum. */
export function clocksApart(apart: number, index: number, random: () => number): number {
  if (index < 2) return index === 0 ? -apart / 2 : apart / 2;
  return Math.round((random() - 0.5) * apart);
}
