/** How often a person may still try, as a sentence. */
export function triesLeft(count: number): string {
  return count === 1 ? "1 try left." : `${count} tries left.`;
}
