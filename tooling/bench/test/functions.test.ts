import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

// Few functions make a call easy to follow. valibot, which the vendor bundles, accounts for 3 in a first call.
test("a first call runs at most 190 functions of the core and a vendor, and a later one at most 28", () => {
  const child = join(import.meta.dirname, "../src/functions-child.ts");
  const { first, live } = JSON.parse(execFileSync(process.execPath, [child], { encoding: "utf8" }));
  expect(first).toBeGreaterThan(50);
  expect(first).toBeLessThanOrEqual(190 + 3);
  expect(live).toBeGreaterThan(10);
  expect(live).toBeLessThanOrEqual(28);
});
