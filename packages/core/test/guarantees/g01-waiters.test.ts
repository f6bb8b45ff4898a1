import { expect, test } from "vitest";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { sleep } from "../../src/util/wait.ts";
import { fakeVendor } from "../fake-vendor.ts";

const SHARERS = 100;
const ROUND_TRIP = 100;
const LOGIN = 300;

test("G1: a hundred sessions with a store 100 ms away get their first response after five round trips and one login", async () => {
  const vendor = fakeVendor();
  const { clock } = vendor;
  const inner = memoryStore() as Required<SessionStore>;
  const far = async <T>(answer: () => Promise<T>): Promise<T> => {
    await sleep(clock, ROUND_TRIP);
    return answer();
  };
  // Polls, like the lock of a remote store.
  let isHeld = false;
  const store: SessionStore = {
    get: (key) => far(() => inner.get(key)),
    set: (key, value, options) => far(() => inner.set(key, value, options)),
    delete: (key) => far(() => inner.delete(key)),
    async withLock(_, run, { signal } = {}) {
      for (;;) {
        signal?.throwIfAborted();
        const isMine = await far(async () => {
          if (isHeld) return false;
          isHeld = true;
          return true;
        });
        if (isMine) break;
        await sleep(clock, 200, signal);
      }
      try {
        return await run({ signal: new AbortController().signal, set: store.set });
      } finally {
        await far(async () => {
          isHeld = false;
        });
      }
    },
  };
  vendor.next("/login", async () => {
    await sleep(clock, LOGIN);
    return undefined as never;
  });
  const started = clock.now();
  const waits: number[] = [];
  const calls = Array.from({ length: SHARERS }, async () => {
    expect((await vendor.session({ store }).fetch("zones")).status).toBe(200);
    waits.push(clock.now() - started);
  });
  for (let n = 0; n < 1_000 && waits.length < SHARERS; n++) await clock.advance(10);
  await Promise.all(calls);
  expect(vendor.logins).toBe(1);
  expect(Math.max(...waits)).toBeLessThanOrEqual(LOGIN + 5 * ROUND_TRIP);
});
