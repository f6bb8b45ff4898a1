/** The value number `count` of a key, as long as records can be: 0.1 to 40 KB. */
export function contentOf(key: string, count: number): string {
  const size = 100 + ((count * 7919) % 40_000);
  return JSON.stringify({ vendor: "fake", account: key, count, data: String(count).repeat(size).slice(0, size) });
}
