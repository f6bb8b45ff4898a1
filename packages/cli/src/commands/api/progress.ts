import process from "node:process";
import type { Watch } from "./download.ts";

const WIDTH = 30;
const EVERY = 100;

/**
 * Shows how far a download is, on one line of the terminal.
 *
 * It is written here because no library fits: cli-progress, the best known, was last released in 2023 and brings four
 * packages along, for a line of ASCII.
 * @param total in bytes, where it is known.
 */
export function progressOf(total: number | undefined): Watch {
  return (written) => {
    const { stderr } = process;
    if (stderr.isTTY !== true) return () => {};
    const started = performance.now();
    const draw = () => {
      const line = progressLine(written(), total, performance.now() - started);
      stderr.write(`\r${line.slice(0, (stderr.columns ?? 80) - 1)}\x1b[K`);
    };
    draw();
    const timer = setInterval(draw, EVERY);
    timer.unref();
    return () => {
      clearInterval(timer);
      stderr.write("\r\x1b[K");
    };
  };
}

/** One state of the line. */
export function progressLine(bytes: number, total: number | undefined, ms: number): string {
  const rate = `${size((bytes / Math.max(ms, 1)) * 1000)}/s`;
  if (total === undefined || total === 0) return `${size(bytes)}  ${rate}`;
  const part = Math.min(bytes / total, 1);
  const bar = "#".repeat(Math.round(part * WIDTH)).padEnd(WIDTH, ".");
  const percent = `${Math.floor(part * 100)}%`.padStart(4);
  const left = bytes === 0 ? "" : `  ${duration(((total - bytes) / bytes) * ms)} left`;
  return `[${bar}] ${percent}  ${size(bytes)} of ${size(total)}  ${rate}${left}`;
}

function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = bytes;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes}:${String(seconds % 60).padStart(2, "0")} min`;
}
