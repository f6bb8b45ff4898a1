/** A picture of the documentation. */
export interface Picture {
  /** The name of its file, without the ending. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What it says, for readers who do not see it. */
  readonly description: string;
  /** Its shapes and texts, as SVG. */
  readonly body: readonly string[];
}

/** `good` is what a session does, `bad` is what is rejected. */
export type Tone = "plain" | "good" | "bad";

export type Point = readonly [x: number, y: number];

// A page's theme decides the colours: browsers apply the `color-scheme` of the page to its images. The card is opaque, so
// that a picture can also be read in a browser that does not.
const STYLE = `
svg{--card:#f6f8fb;--edge:#d5dce6;--box:#fff;--plain:#56627a;--text:#1b2330;--good:#0a5bc4;--soft:#e3eefc;--bad:#c2410c;--pale:#fdece3;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
@media (prefers-color-scheme:dark){svg{--card:#171b22;--edge:#353d4a;--box:#222833;--plain:#a3aebf;--text:#e8ebf1;--good:#6cb2ff;--soft:#17304f;--bad:#ff9b6a;--pale:#43261a}}
.card{fill:var(--card);stroke:var(--edge)}
.pill{fill:var(--card)}
.box{fill:var(--box);stroke:var(--edge);stroke-width:1.5}.box.good{fill:var(--soft);stroke:var(--good)}.box.bad{fill:var(--pale);stroke:var(--bad)}
.line{fill:none;stroke:var(--plain);stroke-width:2}.line.good{stroke:var(--good)}.line.bad{stroke:var(--bad)}.dashed{stroke-dasharray:5 5}.thin{stroke-width:1.4}.thick{stroke-width:4}
.head{fill:var(--plain)}.head.good{fill:var(--good)}.head.bad{fill:var(--bad)}
text{fill:var(--text);font-size:16px;dominant-baseline:central}text.plain{fill:var(--plain)}text.good{fill:var(--good)}text.bad{fill:var(--bad)}
.halo{paint-order:stroke;stroke:var(--card);stroke-width:8px;stroke-linejoin:round}.strong{font-weight:650}.code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:15px}.big{font-size:21px}
`.trim();

/** Returns the text of a picture's file. */
export function svgOf({ width, height, title, description, body }: Picture): string {
  const heads = (["plain", "good", "bad"] as const).map(
    (tone) =>
      `<marker id="${tone}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path class="head ${tone}" d="M0 0.5 10 5 0 9.5z"/></marker>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="desc">${escaped(description)}</desc>`,
    `<style>${STYLE}</style>`,
    `<defs>${heads.join("")}</defs>`,
    `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="12"/>`,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

/** A text. Its position is its middle, or its start with `start`. */
export function text([x, y]: Point, content: string, kind = "", anchor: "start" | "middle" | "end" = "middle"): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" class="${kind}">${escaped(content)}</text>`;
}

/** A rounded box with centred lines of text. A line after `*` is strong, and a line in backquotes is code. */
export function box([x, y]: Point, [width, height]: Point, lines: readonly string[], tone: Tone = "plain"): string {
  const top = y + height / 2 - ((lines.length - 1) * 21) / 2;
  return [
    `<rect class="box ${tone}" x="${x}" y="${y}" width="${width}" height="${height}" rx="9"/>`,
    ...lines.map((line, index) => text([x + width / 2, top + index * 21], line.replaceAll(/[`*]/g, ""), kindOf(line))),
  ].join("");
}

/** A line through points, with a head at its end. */
export function arrow(points: readonly Point[], tone: Tone = "plain", kind = ""): string {
  return `<path class="line ${tone} ${kind}" marker-end="url(#${tone})" d="M${points.map((point) => point.join(" ")).join(" L")}"/>`;
}

function kindOf(line: string): string {
  if (line.startsWith("`")) return "code";
  return line.startsWith("*") ? "strong" : "";
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
