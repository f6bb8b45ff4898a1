import { SingleBar } from "cli-progress";
import type { System } from "../../system/system.ts";
import type { ProgressWatcher } from "./download.ts";

const EVERY = 100;

/**
 * Shows the progress of a download on one line of standard error, if that is a terminal. The line is removed at the
 * end.
 * @param total in bytes, if known.
 */
export function progressBar({ stderr }: System, total: number | undefined): ProgressWatcher {
  return (written) => {
    if (stderr.isTTY !== true) return () => {};
    const bar = new SingleBar({
      format: total ? "[{bar}] {percentage}%  {value} of {total}  {rate}/s  {eta_formatted} left" : "{value}  {rate}/s",
      barCompleteChar: "#",
      barIncompleteChar: ".",
      barsize: 20,
      formatValue: (value, _, type) => (type === "percentage" ? `${value}`.padStart(3) : size(value)),
      formatTime: duration,
      clearOnComplete: true,
      // Cursor and line wrapping are not changed, so that the terminal is intact however this process ends.
      hideCursor: false,
      linewrap: true,
      stream: stderr,
    });
    const began = performance.now();
    const rate = () => size((written() / Math.max(performance.now() - began, 1)) * 1000);
    bar.start(total ?? 0, 0, { rate: rate() });
    const timer = setInterval(() => {
      bar.update(written(), { rate: rate() });
      // Draws immediately. A drawing that is still pending at Ctrl-C would appear on the next line.
      bar.render();
    }, EVERY);
    return () => {
      clearInterval(timer);
      bar.stop();
    };
  };
}

function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = bytes;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

// The library passes text instead of a number until it has an estimate.
function duration(seconds: unknown): string {
  if (typeof seconds !== "number") return "?";
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes}:${String(seconds % 60).padStart(2, "0")} min`;
}
