import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

// A reader can follow a call through few functions. zod, which the vendor bundles, runs 15 more in a first call.
test("a first call runs at most 190 functions of the core and a vendor, and a later one at most 28", () => {
  const child = join(import.meta.dirname, "../src/functions-child.ts");
  const { first, live } = JSON.parse(execFileSync(process.execPath, [child], { encoding: "utf8" }));
  expect(first).toBeGreaterThan(50);
  expect(first).toBeLessThanOrEqual(190 + 15);
  expect(live).toBeGreaterThan(10);
  expect(live).toBeLessThanOrEqual(28);
});
