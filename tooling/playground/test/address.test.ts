import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { allVendors, vendorNames } from "@vms-tooling/vendors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf, guaranteeIn, scenarioFrom, unreadIn } from "../src/scenario/address.ts";
import type { Path, Scenario, TimedAction } from "../src/scenario/scenario.ts";

const time = fc.nat({ max: 3_600_000 });
const processNumber = fc.integer({ min: 2, max: 9 });
const path = fc.constantFrom<Path>("forbidden", "other-origin", "upload", "slow");

const action: fc.Arbitrary<TimedAction> = fc.oneof(
  fc.record(
    {
      at: time,
      do: fc.constant("call" as const),
      count: fc.integer({ min: 1, max: 50 }),
      process: processNumber,
      path,
      abortAfter: time,
    },
    {
      requiredKeys: ["at", "do", "count"],
    },
  ),
  fc.record(
    {
      at: time,
      do: fc.constantFrom("login" as const, "renew" as const, "logout" as const, "close" as const),
      process: processNumber,
    },
    {
      requiredKeys: ["at", "do"],
    },
  ),
  fc.record({
    at: time,
    do: fc.constantFrom(
      "revoke" as const,
      "wrong-password" as const,
      "correct-password" as const,
      "spoil-store" as const,
    ),
  }),
  fc.record({
    at: time,
    do: fc.constantFrom(
      "down" as const,
      "slow-login" as const,
      "reject-all" as const,
      "redirect-login" as const,
      "garbage-login" as const,
      "wait" as const,
    ),
    for: time,
  }),
);

const scenario: fc.Arbitrary<Scenario> = fc.record({
  vendor: fc.constantFrom(...vendorNames),
  seed: fc.nat({ max: 999_999 }),
  client: fc.constantFrom("vms" as const, "naive" as const, "careless" as const),
  store: fc.boolean(),
  secondFactor: fc.boolean(),
  processes: fc.integer({ min: 1, max: 20 }),
  skew: fc.integer({ min: -3_600_000, max: 3_600_000 }),
  limit: fc.nat({ max: 20 }),
  actions: fc.array(action, { maxLength: 20 }).map((some) => some.toSorted((one, other) => one.at - other.at)),
});

test("an address opens the scenario that it was made of", () => {
  fc.assert(
    fc.property(scenario, fc.nat({ max: 20 }), (one, guarantee) => {
      const address = addressOf(one, guarantee);
      expect(scenarioFrom(`#${address}`)).toEqual(one);
      expect(guaranteeIn(address)).toBe(guarantee);
      expect(unreadIn(address)).toEqual([]);
    }),
  );
});

test("a damaged address opens a scenario, whatever it contains", () => {
  const names = ["scenario", "vendor", "seed", "client", "store", "code", "processes", "skew", "limit", "do"];
  const part = fc.tuple(
    fc.constantFrom(...names),
    fc.oneof(fc.string(), fc.constantFrom("1.call.20", "-1", "1e9", "__proto__")),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const opened = scenarioFrom(parts.map(([name, value]) => `${name}=${value}`).join("&"));
      expect(allVendors.some(({ vendor }) => vendor === opened.vendor)).toBe(true);
      expect(opened.actions.length).toBeLessThanOrEqual(200);
      for (const { at } of opened.actions) expect(at).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("the parts of an address that are left out are named, without their values", () => {
  expect(unreadIn("scenario=99&seed=x&colour=red&__proto__=1&do=1.call.2,zzz,5.dance,9.wait.7")).toEqual([
    "scenario",
    "seed",
    "colour",
    "__proto__",
    "action 2",
    "action 3",
  ]);
});

test("the command refuses an address that it cannot read, and says which parts", () => {
  const main = join(import.meta.dirname, "../src/main.ts");
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, "scenario=1&vendor=acme"], {
    encoding: "utf8",
  });
  expect([stdout, status]).toEqual(["", 2]);
  expect(stderr).toBe("These parts of the address cannot be read: vendor. Copy the address from the playground.\n");
});
