import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

test("a pool of 10,000 keys uses at most 3 KB of heap per key, before and after the logins", () => {
  const child = join(import.meta.dirname, "../src/pool-child.ts");
  const { keys, heapPerKey } = JSON.parse(
    execFileSync(process.execPath, ["--expose-gc", child], { encoding: "utf8", timeout: 60_000 }),
  );
  expect(keys).toBe(10_000);
  expect(heapPerKey.opened).toBeGreaterThan(500);
  expect(heapPerKey.opened).toBeLessThanOrEqual(3 * 1024);
  expect(heapPerKey.signedIn).toBeLessThanOrEqual(3 * 1024);
});
