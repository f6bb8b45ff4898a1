import { type Line, PROMPT, textOf } from "./screen.ts";
import { COLUMNS } from "./steps.ts";
import type { Step } from "./transcript.ts";

const CELL = 8.4;
const LINE = 20;
const MARGIN = 20;
const BAR = 36;
/** The number of visible lines. */
const ROWS = 18;
const WIDTH: number = COLUMNS * CELL + 2 * MARGIN;
const HEIGHT: number = BAR + ROWS * LINE + MARGIN;

/** Seconds. */
const TYPED_PER_CHARACTER = 0.05;
const BEFORE_TYPING = 0.7;
const BEFORE_OUTPUT = 0.4;
const AFTER_OUTPUT = 1.8;
const AT_END = 5;

// The dark terminal looks the same in both themes.
const COLORS = ["#8b949e", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#e6edf3"];

const STYLE = `
.window{fill:#12161c;stroke:#353d4a}
text{fill:#e6edf3;font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre;dominant-baseline:central}
.bold{font-weight:700}.dim{fill:#9aa5b1}.cover{fill:#12161c}.bar{fill:#9aa5b1;font-family:system-ui,sans-serif}
${COLORS.map((color, index) => `.c${index}{fill:${color}}`).join("")}
`.trim();

interface Timed {
  readonly step: Step;
  /** The line of its prompt. */
  readonly row: number;
  readonly typing: number;
  readonly typed: number;
  readonly output: number;
}

/** Draws a recording as an SVG animated by CSS. With reduced motion, it shows the end. */
export function animatedSvg(steps: readonly Step[]): string {
  const { timed, rows, duration } = times(steps);
  const percent = (second: number) => `${Math.round((second / duration) * 1e4) / 100}%`;
  const scrolls = [`0%{transform:translateY(0)}`];
  const rules: string[] = [];
  const body: string[] = [];
  timed.forEach(({ step, row, typing, typed, output }, index) => {
    const visible = (last: number) => -Math.max(0, last + 1 - ROWS) * LINE;
    const width = step.command.length * CELL;
    rules.push(
      `@keyframes t${index}{0%,${percent(typing)}{transform:none;animation-timing-function:steps(${step.command.length})}${percent(typed)},100%{transform:translateX(${round(width)}px)}}`,
      `@keyframes o${index}{0%,${percent(output)}{opacity:0}${percent(output + 0.01)},100%{opacity:1}}`,
      `.t${index}{animation-name:t${index}}.o${index}{animation-name:o${index}}`,
    );
    const after = row + step.lines.length + 1;
    scrolls.push(`${percent(output + 0.01)}{transform:translateY(${visible(after)}px)}`);
    const column = PROMPT.length;
    body.push(
      drawn(row, column, step.command, ""),
      `<rect class="cover play t${index}" x="${xOf(column)}" y="${yOf(row) - LINE / 2}" width="${round(width)}" height="${LINE}" transform="translate(${round(width)})"/>`,
      `<g class="play o${index}">`,
      ...step.lines.flatMap((line, below) => drawnLine(row + 1 + below, line)),
      drawn(after, 0, PROMPT.trim(), ""),
      "</g>",
    );
  });
  scrolls.push(`100%{transform:translateY(${-Math.max(0, rows - ROWS) * LINE}px)}`);
  const end = -Math.max(0, rows - ROWS) * LINE;
  const title = "vms in a terminal";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" xml:space="preserve" role="img" aria-labelledby="title desc">`,
    `<title id="title">${title}</title>`,
    `<desc id="desc">${escaped(describe(steps))}</desc>`,
    `<style>${STYLE}`,
    `.scroll{transform:translateY(${end}px)}`,
    "@media (prefers-reduced-motion:no-preference){",
    `.play{animation:${duration}s linear infinite}.scroll{animation:scroll ${duration}s step-end infinite}`,
    `@keyframes scroll{${scrolls.join("")}}`,
    ...rules,
    "}</style>",
    `<rect class="window" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="10"/>`,
    `<circle class="c1" cx="22" cy="18" r="6"/><circle class="c3" cx="42" cy="18" r="6"/><circle class="c2" cx="62" cy="18" r="6"/>`,
    `<text class="bar" x="${WIDTH / 2}" y="18" text-anchor="middle">vms, while vms simulator runs in another terminal</text>`,
    `<clipPath id="view"><rect x="0" y="${BAR}" width="${WIDTH}" height="${ROWS * LINE + 4}"/></clipPath>`,
    `<g clip-path="url(#view)"><g class="scroll">`,
    drawn(0, 0, PROMPT.trim(), ""),
    ...body,
    "</g></g>",
    "</svg>",
    "",
  ].join("\n");
}

function times(steps: readonly Step[]): { timed: Timed[]; rows: number; duration: number } {
  let [row, second] = [0, 0];
  const timed = steps.map((step) => {
    const typing = second + BEFORE_TYPING;
    const typed = typing + step.command.length * TYPED_PER_CHARACTER;
    const output = typed + BEFORE_OUTPUT;
    const one = { step, row, typing, typed, output };
    row += step.lines.length + 1;
    second = output + AFTER_OUTPUT;
    return one;
  });
  return { timed, rows: row + 1, duration: Math.round((second + AT_END) * 10) / 10 };
}

function drawnLine(row: number, line: Line): string[] {
  return line.map(({ column, text, color, bold, dim }) => {
    const classes = [color === undefined ? "" : `c${color % 8}`, bold ? "bold" : "", dim ? "dim" : ""];
    return drawn(row, column, text, classes.filter((name) => name !== "").join(" "));
  });
}

// `textLength` keeps the columns with any font.
function drawn(row: number, column: number, text: string, classes: string): string {
  const start = text.length - text.trimStart().length;
  const shown = text.trimStart();
  const kind = classes === "" ? "" : ` class="${classes}"`;
  return `<text${kind} x="${xOf(column + start)}" y="${yOf(row)}" textLength="${round(shown.length * CELL)}">${escaped(shown)}</text>`;
}

/** Describes the recording as text. */
function describe(steps: readonly Step[]): string {
  return steps.map(({ command, lines }) => [`${PROMPT}${command}`, ...lines.map(textOf)].join("\n")).join("\n");
}

function xOf(column: number): number {
  return round(MARGIN + column * CELL);
}

function yOf(row: number): number {
  return BAR + row * LINE + LINE / 2;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
