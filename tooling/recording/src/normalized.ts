import type { Line } from "./screen.ts";

/** Replaces what differs between runs by texts of the same length, so that tables stay as they are: ports and times. */
export function normalized(lines: readonly Line[]): Line[] {
  const ports = new Map<string, string>();
  const portFor = (port: string) => {
    const known = ports.get(port) ?? String(40_001 + ports.size);
    ports.set(port, known);
    return known;
  };
  return lines.map((line) =>
    line.map((run) => ({
      ...run,
      text: run.text
        .replaceAll(/(?<=127\.0\.0\.1:)\d{5}/g, portFor)
        .replaceAll(/\b\d\d:\d\d(:\d\d)?\b/g, (time) => "12:00:00".slice(0, time.length)),
    })),
  );
}
