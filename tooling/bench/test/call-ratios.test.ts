import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { goals, NOISE } from "../src/calls.ts";

const OURS = ["session.fetch", "session.fetch on nodeFetch", "session.http on nodeFetch", "sessionInterceptor"];
const BASE = "bare fetch";

// The goals assume an idle machine (docs/benchmarks.md). This test catches large regressions.
test("a call uses at most twice its goal of CPU time, relative to the bare fetch in the same run", () => {
  const child = join(import.meta.dirname, "../src/call-ratios-child.ts");
  const cases = JSON.stringify([...OURS, BASE, NOISE]);
  const ratios = JSON.parse(execFileSync(process.execPath, [child, cases], { encoding: "utf8" }));
  // The two measurements of the bare fetch differ by the noise.
  const noise = Math.max(ratios[NOISE][BASE], 1 / ratios[NOISE][BASE]);
  for (const ours of OURS) {
    const [, , goal] = goals.find(([name, base]) => name === ours && base === BASE) ?? [];
    expect(goal, ours).toBeDefined();
    expect(ratios[ours][BASE], ours).toBeGreaterThan(0.1);
    expect(ratios[ours][BASE], ours).toBeLessThanOrEqual(2 * (goal ?? 0) * noise);
  }
}, 120_000);
