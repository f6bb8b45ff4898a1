import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryStore } from "../../src/store/memory-store.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle, virtualClock } from "../virtual-clock.ts";

const HOUR = 3_600_000;
/** A fixed sequence of random numbers, so that a test always sees the same fleet. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("G19: the first renewal after a login is in the second half of the lifetime, later renewals are in its last tenth", async () => {
  await fc.assert(
    fc.asyncProperty(share, share, async (first, second) => {
      const draws = [first, second];
      const vendor = fakeVendor(virtualClock(undefined, () => draws.shift() ?? 0));
      vendor.lifetime = HOUR;
      const session = vendor.session();
      const started = vendor.clock.now();
      await session.login();
      const firstAt = session.health.nextRenewal ?? 0;
      expect(firstAt - started).toBeGreaterThanOrEqual(0.5 * HOUR);
      expect(firstAt - started).toBeLessThanOrEqual(0.98 * HOUR);
      await vendor.clock.advance(Math.ceil(firstAt - started));
      await session.fetch("zones");
      await settle();
      expect(vendor.logins).toBe(2);
      const again = (session.health.nextRenewal ?? 0) - vendor.clock.now();
      expect(again).toBeGreaterThanOrEqual(0.9 * HOUR);
      expect(again).toBeLessThanOrEqual(0.98 * HOUR);
    }),
    { numRuns: 50 },
  );
});

test("G19: `renewBefore` is used as given", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session({ renewBefore: 70_000 });
  const started = vendor.clock.now();
  await session.login();
  expect(session.health.nextRenewal).toBe(started + HOUR - 70_000);
});

test("G19: all sessions of a store renew at the random time that was chosen at the login", async () => {
  const draws = [0.1, 0.9, 0.2, 0.4];
  const vendor = fakeVendor(virtualClock(undefined, () => draws.shift() ?? 0.5));
  vendor.lifetime = HOUR;
  const store = memoryStore();
  const sessions = [vendor.session({ store }), vendor.session({ store }), vendor.session({ store })];
  for (const session of sessions) await session.fetch("zones");
  expect(vendor.logins).toBe(1);
  expect(new Set(sessions.map(({ health }) => health.nextRenewal)).size).toBe(1);
});

test("G19: a rotated credential is renewed after the same fraction of its lifetime", async () => {
  const vendor = fakeVendor();
  const session = vendor.session(
    {},
    { rotate: (response) => response.headers.get("x-next") ?? undefined, lifetime: () => ({ expiresIn: HOUR }) },
  );
  await session.login();
  vendor.live.add("made-up-next");
  vendor.next("/zones", () => new Response("{}", { headers: { "x-next": "made-up-next" } }));
  const before = vendor.clock.now();
  await session.fetch("zones");
  expect((session.health.nextRenewal ?? 0) - before).toBeCloseTo(0.74 * HOUR);
});

test("G19: a thousand sessions that sign in at once renew at most three times as often in any minute as on average", async () => {
  const vendor = fakeVendor(virtualClock(undefined, seeded(42)));
  vendor.lifetime = HOUR;
  const sessions = Array.from({ length: 1_000 }, () => vendor.session());
  await Promise.all(sessions.map((session) => session.login()));
  const perMinute = new Map<number, number>();
  for (const { health } of sessions) {
    const minute = Math.floor((health.nextRenewal ?? 0) / 60_000);
    perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
  }
  // The renewals are spread over 0.48 of an hour.
  expect(Math.max(...perMinute.values())).toBeLessThanOrEqual((3 * 1_000) / (0.48 * 60));
});

test("G19: sessions whose renewals failed in an outage do not all renew at once when the vendor is back", async () => {
  const vendor = fakeVendor(virtualClock(undefined, seeded(7)));
  vendor.lifetime = HOUR;
  const sessions = Array.from({ length: 100 }, () => vendor.session({ retry: { attempts: 1 } }));
  for (const session of sessions) await session.login();
  await vendor.clock.advance(0.8 * HOUR);
  let down = true;
  const next = () =>
    vendor.next("/login", () => {
      if (down) next();
      return down ? new Response(null, { status: 503 }) : (undefined as never);
    });
  next();
  const callAll = async () => {
    for (const session of sessions) await session.fetch("zones");
    await settle();
  };
  for (let second = 0; second < 120; second++) {
    await callAll();
    await vendor.clock.advance(1_000);
  }
  const before = vendor.logins;
  down = false;
  await callAll();
  // Out of about sixty sessions whose renewal is overdue.
  expect(vendor.logins - before).toBeLessThan(10);
});
