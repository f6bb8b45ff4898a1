import { expect, test } from "vitest";
import { progressLine } from "../src/commands/api/progress-bar.ts";

const MB = 1_000_000;

test.each([
  [80, "[##########..........]  50%  1.0 MB of 2.0 MB  500.0 kB/s  2 s left"],
  [60, "50%  1.0 MB of 2.0 MB  500.0 kB/s  2 s left"],
  [40, "50%  1.0 MB of 2.0 MB"],
  [20, "50%"],
  [3, ""],
])("the line is narrower than %i columns", (columns, line) => {
  expect(progressLine(MB, 2 * MB, 2000, columns)).toBe(line);
});

test.each([
  ["nothing written", 0, MB, "[....................]  0%  0 B of 1.0 MB  0 B/s"],
  ["an unknown total", 3 * MB, undefined, "3.0 MB  1.5 MB/s"],
  ["an empty total", 0, 0, "0 B  0 B/s"],
  ["more than the total", 2 * MB, MB, "[####################]  100%  2.0 MB of 1.0 MB  1.0 MB/s  0 s left"],
  ["minutes", MB, 100 * MB, "[....................]  1%  1.0 MB of 100.0 MB  500.0 kB/s  3:18 min left"],
  ["hours", MB, 10_000 * MB, "[....................]  0%  1.0 MB of 10.0 GB  500.0 kB/s  5 h 33 min left"],
])("the line of %s contains no meaningless numbers", (_, written, total, line) => {
  expect(progressLine(written, total, 2000, 80)).toBe(line);
});
