import { arrow, box, type Point, type Tone, text } from "./drawing.ts";

/** The line of time of one participant. The spans are its parts, from top to bottom. */
export function lifeline(x: number, name: string, ...spans: readonly Point[]): string {
  const path = spans.map(([from, to]) => `M${x} ${from}V${to}`).join("");
  return `<path class="line dashed" d="${path}"/>${box([x - 82, 20], [164, 40], [`*${name}`])}`;
}

/** An arrow between two lines of time, with its text above it. */
export function message(y: number, from: number, to: number, content: string, tone: Tone = "plain", kind = ""): string {
  const gap = to > from ? 3 : -3;
  const ends: readonly Point[] = [
    [from, y],
    [to - gap, y],
  ];
  const color = tone === "plain" ? "" : tone;
  return arrow(ends, tone, kind) + text([(from + to) / 2, y - 13], content, color);
}

/** What a participant does or is. */
export function note(x: number, y: number, lines: readonly string[], tone: Tone = "plain", width = 172): string {
  const height = 14 + lines.length * 21;
  return box([x - width / 2, y - height / 2], [width, height], lines, tone);
}
