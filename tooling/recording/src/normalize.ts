/**
 * Replaces what differs between runs by texts of the same length, so that lines break at the same places: ports and times.
 * @returns a function for the parts of what is written, in order.
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
    // The next part can continue a number.
    const end = text.search(/[\d.:]*$/);
    rest = text.slice(end);
    return text
      .slice(0, end)
      .replaceAll(/(?<=127\.0\.0\.1:)\d{5}/g, portFor)
      .replaceAll(/\b\d\d:\d\d(:\d\d)?\b/g, (time) => "12:00:00".slice(0, time.length));
  };
}
