import fc from "fast-check";
import { expect, test } from "vitest";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { settle } from "../virtual-clock.ts";

type Locking = Required<SessionStore>;
const store = () => memoryStore() as Locking;

/** Runs under the lock until the test releases it, and reports its start. */
function holder(locks: Locking, key: string, signal?: AbortSignal) {
  const gate = Promise.withResolvers<void>();
  const state = { began: false };
  const done = locks.withLock(
    key,
    async () => {
      state.began = true;
      await gate.promise;
    },
    signal === undefined ? {} : { signal },
  );
  done.catch(() => {});
  return { state, done, end: gate.resolve };
}

test("the store keeps, replaces and removes values", async () => {
  const values = store();
  expect(await values.get("a")).toBeUndefined();
  await values.set("a", "1");
  await values.set("a", "2", { expiresAt: 1 });
  await values.set("__proto__", "3");
  expect([await values.get("a"), await values.get("__proto__"), await values.get("b")]).toEqual(["2", "3", undefined]);
  await values.delete("a");
  await values.delete("a");
  expect(await values.get("a")).toBeUndefined();
});

test("the lock is exclusive, and goes to the waiting callers in order", async () => {
  const locks = store();
  const order: number[] = [];
  let inside = 0;
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      locks.withLock("a", async () => {
        expect(++inside).toBe(1);
        await settle();
        order.push(index);
        inside--;
      }),
    ),
  );
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test("the lock of one key does not block another key", async () => {
  const locks = store();
  const first = holder(locks, "a");
  expect(await locks.withLock("b", async () => "ran")).toBe("ran");
  first.end();
  await first.done;
});

test("withLock returns run's result, and the signal of its lease is not aborted", async () => {
  const locks = store();
  const given = await locks.withLock("a", async ({ signal }) => signal);
  expect(given.aborted).toBe(false);
});

test("a lease writes the locked key until run has settled, and nothing after that", async () => {
  const values = store();
  const kept = await values.withLock("a", async (lease) => {
    await lease.set("a", "1");
    await values.set("b", "outside of the lease");
    return lease;
  });
  const failed = await values
    .withLock("a", async (lease) => Promise.reject(Object.assign(new Error("in run"), { lease })))
    .catch(({ lease }) => lease);
  for (const lease of [kept, failed]) {
    const refusal = {
      code: "store_failed",
      retryable: true,
      message: expect.stringContaining("the value was not written"),
    };
    await expect(lease.set("a", "2")).rejects.toMatchObject(refusal);
  }
  await values.withLock("a", async (lease) => {
    await lease.set("a", "3");
    await expect(kept.set("a", "4")).rejects.toMatchObject({ code: "store_failed" });
  });
  expect([await values.get("a"), await values.get("b")]).toEqual(["3", "outside of the lease"]);
});

test("a write that `run` did not await finishes before the next holder runs", async () => {
  const values = store();
  let written: Promise<void> | undefined;
  const first = values.withLock("a", async (lease) => {
    written = lease.set("a", "1");
  });
  expect(await values.withLock("a", () => values.get("a"))).toBe("1");
  await Promise.all([first, written]);
});

test("the next holder of a lock reads the last of many writes that the previous holder did not await", async () => {
  const store = memoryStore();
  const first = store.withLock?.("a", async (lease) => {
    for (let n = 0; n < 100; n++) void lease.set("a", String(n));
  });
  const read = store.withLock?.("a", () => store.get("a"));
  await first;
  expect(await read).toBe("99");
});

test("withLock throws run's error, and releases the lock", async () => {
  const locks = store();
  const failure = new Error("in run");
  const failing: (() => Promise<never>)[] = [
    () => Promise.reject(failure),
    () => {
      throw failure;
    },
  ];
  for (const run of failing) {
    const next = Promise.allSettled([locks.withLock("a", run), locks.withLock("a", async () => "next")]);
    expect(await next).toEqual([
      { status: "rejected", reason: failure },
      { status: "fulfilled", value: "next" },
    ]);
  }
});

test("a caller that aborts its wait is immediately rejected with the signal's reason, and never runs", async () => {
  const locks = store();
  const first = holder(locks, "a");
  const leaver = new AbortController();
  const second = holder(locks, "a", leaver.signal);
  await settle();
  leaver.abort(new Error("my reason"));
  await expect(second.done).rejects.toThrow("my reason");
  first.end();
  await first.done;
  await settle();
  expect(second.state.began).toBe(false);
});

test("a caller with an aborted signal never runs", async () => {
  const locks = store();
  const late = holder(locks, "a", AbortSignal.abort(new Error("my reason")));
  await expect(late.done).rejects.toThrow("my reason");
  expect(late.state.began).toBe(false);
});

test("an abort does not stop the holder of the lock", async () => {
  const locks = store();
  const leaver = new AbortController();
  const first = holder(locks, "a", leaver.signal);
  await settle();
  leaver.abort();
  first.end();
  await expect(first.done).resolves.toBeUndefined();
});

test("the last waiting caller can leave, and no other caller runs beside the holder", async () => {
  const locks = store();
  const first = holder(locks, "a");
  const leaver = new AbortController();
  const second = holder(locks, "a", leaver.signal);
  await settle();
  leaver.abort();
  await second.done.catch(() => {});
  const third = holder(locks, "a");
  await settle();
  expect([first.state.began, third.state.began]).toEqual([true, false]);
  first.end();
  await settle();
  expect(third.state.began).toBe(true);
  third.end();
});

test("a caller in the middle can leave, and the others keep their order", async () => {
  const locks = store();
  const leaver = new AbortController();
  const holders = [holder(locks, "a"), holder(locks, "a", leaver.signal), holder(locks, "a")];
  await settle();
  leaver.abort();
  await settle();
  expect(holders.map(({ state }) => state.began)).toEqual([true, false, false]);
  holders[0]?.end();
  await settle();
  expect(holders.map(({ state }) => state.began)).toEqual([true, false, true]);
});

test("in any order of arrivals, aborts and failures, there is only one holder", async () => {
  const steps = fc.array(fc.constantFrom("come", "come", "leave", "end"), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.nat()), async (plan, chance) => {
      const locks = store();
      let inside = 0;
      let most = 0;
      const ends: (() => void)[] = [];
      const leavers: AbortController[] = [];
      for (const step of plan) {
        const pick = <T>(list: T[]) => list[(chance.next().value ?? 0) % Math.max(1, list.length)];
        if (step === "come") {
          const gate = Promise.withResolvers<void>();
          const leaver = new AbortController();
          ends.push(gate.resolve);
          leavers.push(leaver);
          const run = async () => {
            most = Math.max(most, ++inside);
            await gate.promise;
            inside--;
          };
          locks.withLock("a", run, { signal: leaver.signal }).catch(() => {});
        } else if (step === "leave") pick(leavers)?.abort();
        else pick(ends)?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(most).toBeLessThanOrEqual(1);
    }),
    { numRuns: 100 },
  );
});
