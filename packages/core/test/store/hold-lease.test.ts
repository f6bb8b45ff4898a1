import { expect, test } from "vitest";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { holdLease } from "../../src/store/hold-lease.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { virtualClock } from "../virtual-clock.ts";

function setUp() {
  const clock = virtualClock();
  const { withLock } = memoryStore() as Required<SessionStore>;
  const signal = new AbortController().signal;
  const hold = () => holdLease(withLock, "key", signal, { clock, toAcquire: 1_000, toRelease: 500 });
  return { clock, withLock, hold };
}

test("a lock that is released at the last moment of the wait is acquired", async () => {
  const { clock, withLock, hold } = setUp();
  const release = Promise.withResolvers<void>();
  const held = withLock("key", () => release.promise);
  const lease = hold();
  // This timer is set after the waiter's, for the same moment.
  clock.timer(1_000, release.resolve);
  await clock.advance(1_000);
  await held;
  await (await lease).release();
});

test("a lock that is not released in time is an error, and is released immediately if it is acquired later", async () => {
  const { clock, withLock, hold } = setUp();
  const release = Promise.withResolvers<void>();
  const held = withLock("key", () => release.promise);
  const lease = expect(hold()).rejects.toThrow("no lock in time");
  await clock.advance(1_000);
  await lease;
  release.resolve();
  await held;
  expect(await withLock("key", async () => "free")).toBe("free");
  expect(clock.pending).toBe(0);
});
