/**
 * Replaces ports and times, which differ between runs, with texts of the same length, so that lines wrap identically.
 * @returns a function for the chunks of output, in order.
 */
export function normalizer(): (part: string) => string {
  const ports = new Map<string, string>();
  const portFor = (port: string) => {
    const known = ports.get(port) ?? String(40_001 + ports.size);
    ports.set(port, known);
    return known;
  };
  let rest = "";
  return (part) => {
    const text = rest + part;
    // A number can continue in the next chunk.
    const end = text.search(/[\d.:]*$/);
    rest = text.slice(end);
    return text
      .slice(0, end)
      .replaceAll(/(?<=127\.0\.0\.1:)\d{5}/g, portFor)
      .replaceAll(/\b\d\d:\d\d(:\d\d)?\b/g, (time) => "12:00:00".slice(0, time.length));
  };
}
