import { clearLine, cursorTo } from "node:readline";
import type { Output } from "../../system/system.ts";

/** How often the line is drawn, in ms. */
const EVERY = 100;
const BAR = 20;

/** A transfer in progress. Sizes are in bytes; `began` is from `performance.now()`. */
export interface Transfer {
  readonly written: () => number;
  readonly total: number | undefined;
  readonly began: number;
}

/**
 * Draws the progress of a transfer on one line of a terminal, at its current width. Cursor and line wrapping are not
 * changed, so that the terminal is intact however this process ends.
 * @returns a function that removes the line.
 */
export function progressBar(to: Output, { written, total, began }: Transfer): () => void {
  const clear = () => {
    cursorTo(to, 0);
    clearLine(to, 0);
  };
  const draw = () => {
    clear();
    to.write(progressLine(written(), total, performance.now() - began, to.columns || 80));
  };
  draw();
  const timer = setInterval(draw, EVERY);
  return () => {
    clearInterval(timer);
    clear();
  };
}

/** A line that is narrower than the terminal. What matters least is left out first. */
export function progressLine(written: number, total: number | undefined, elapsed: number, columns: number): string {
  const perSecond = (written / Math.max(elapsed, 1)) * 1000;
  const rate = `${size(perSecond)}/s`;
  const fits = (line: string) => line.length < columns;
  if (!total) return [`${size(written)}  ${rate}`, size(written)].find(fits) ?? "";
  const part = Math.min(written / total, 1);
  const bar = `[${"#".repeat(Math.floor(part * BAR)).padEnd(BAR, ".")}]`;
  const percent = `${Math.floor(part * 100)}%`;
  const left = perSecond === 0 ? [] : [`${duration(Math.ceil((total * (1 - part)) / perSecond))} left`];
  const parts = [percent, `${size(written)} of ${size(total)}`, rate, ...left];
  return [[bar, ...parts], parts, parts.slice(0, 2), [percent]].map((one) => one.join("  ")).find(fits) ?? "";
}

function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = bytes;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

function duration(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), String(seconds % 60).padStart(2, "0")];
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60 ? `${minutes}:${rest} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
