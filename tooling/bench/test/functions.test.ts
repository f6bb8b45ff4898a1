import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

// A reader can follow a call through few functions. Parts of valibot, which the vendor bundles, are 3 of a first call.
test("a first call runs at most 190 functions of the core and a vendor, and a later one at most 28", () => {
  const child = join(import.meta.dirname, "../src/functions-child.ts");
  const { first, live } = JSON.parse(execFileSync(process.execPath, [child], { encoding: "utf8" }));
  expect(first).toBeGreaterThan(50);
  expect(first).toBeLessThanOrEqual(190 + 3);
  expect(live).toBeGreaterThan(10);
  expect(live).toBeLessThanOrEqual(28);
});
