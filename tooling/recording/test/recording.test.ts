import { readFile } from "node:fs/promises";
import process from "node:process";
import { expect, test } from "vitest";
import { animatedSvg } from "../src/animated-svg.ts";
import { normalizer } from "../src/normalize.ts";
import { RECORDING } from "../src/recording.ts";
import { type Step, transcript } from "../src/transcript.ts";

test.skipIf(process.platform === "win32")("a new run of vms matches the recording", async () => {
  const recorded = await readFile(RECORDING, "utf8");
  expect(animatedSvg(await transcript()), "To record it again: pnpm run record").toBe(recorded);
});

test("the recording is small and contains no paths of the machine", async () => {
  const recorded = await readFile(RECORDING, "utf8");
  expect(recorded).not.toMatch(/\/tmp|\/home|\/root|password|Bearer/i);
  expect(recorded.length).toBeLessThan(60_000);
});

test("with reduced motion, the picture shows the end of the recording", () => {
  const lines = Array.from({ length: 30 }, (_, line) => [
    { column: 0, text: `line ${line}`, color: undefined, bold: false, dim: false },
  ]);
  const steps: Step[] = [{ command: "vms status", lines }];
  const [outside = ""] = animatedSvg(steps).split("@media (prefers-reduced-motion:no-preference)");
  // 32 lines including both prompts, 18 of which are visible.
  expect(outside).toContain(".scroll{transform:translateY(-280px)}");
});

test("ports and times are the same in each recording, even if a number arrives in two chunks", () => {
  const normalize = normalizer();
  const parts = ["at 127.0.0.1:39", "809, 09:41:07, ", "127.0.0.1:35555 and 127.0.0.1:39809\r\n"];
  expect(parts.map(normalize).join("")).toBe("at 127.0.0.1:40001, 12:00:00, 127.0.0.1:40002 and 127.0.0.1:40001\r\n");
});
