/** How far each worker's clock is ahead, in ms: the first two are as far apart as clocks are to be. */
export function clocksApart(apart: number, index: number, random: () => number): number {
  if (index < 2) return index === 0 ? -apart / 2 : apart / 2;
  return Math.round((random() - 0.5) * apart);
}
