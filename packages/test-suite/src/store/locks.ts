import type { SessionStore } from "@vms/core";
import { check, failureOf, pause, same, within } from "../checks.ts";
import type { Clause } from "../clause.ts";
import type { StoreSubject } from "./subject.ts";

export type Lock = NonNullable<SessionStore["withLock"]>;

/** How long an immediate result may take, in ms. */
const SOON = 2_500;

/** Creates a clause on locks, which passes for a store without them. */
export function onLocks(
  name: string,
  prove: (lock: Lock, subject: StoreSubject) => Promise<void>,
): Clause<StoreSubject> {
  return {
    name,
    async prove(subject) {
      const lock = lockOf(subject.store);
      if (lock !== undefined) await prove(lock, subject);
    },
  };
}

export function lockOf(store: SessionStore): Lock | undefined {
  return store.withLock && ((key, run, options) => store.withLock?.(key, run, options) ?? Promise.reject());
}

/** Holds the lock until `leave` is called. */
function holder(lock: Lock, key: string, signal?: AbortSignal) {
  const began = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const state = { began: false };
  const run = async () => {
    state.began = true;
    began.resolve();
    await gate.promise;
  };
  const done = (async () => lock(key, run, signal === undefined ? {} : { signal }))();
  done.catch(() => {});
  return {
    state,
    done,
    leave: gate.resolve,
    began: () => within(began.promise, SOON, "a free lock was not acquired."),
  };
}

/** Counts the concurrent holders. */
async function crowd(locks: readonly Lock[], key: string): Promise<void> {
  let inside = 0;
  let most = 0;
  let ran = 0;
  const run = async () => {
    most = Math.max(most, ++inside);
    await pause(3);
    inside--;
    ran++;
  };
  await Promise.all(locks.map((lock) => lock(key, run)));
  same(most, 1, "callers inside the lock of one key at the same time");
  same(ran, locks.length, "callers that had their turn");
}

export const hasLocks: Clause<StoreSubject> = {
  name: "the store has locks",
  async prove({ store }) {
    check(typeof store.withLock === "function", "the store has no `withLock`, but the option `locks` requires it.");
  },
};

export const lockClauses: readonly Clause<StoreSubject>[] = [
  onLocks("a lock runs its function once, and returns the result", async (lock, { key }) => {
    for (const result of [undefined, 0, "text", { an: "object" }]) {
      let ran = 0;
      const given = await lock(key(), async () => {
        ran++;
        return result;
      });
      check(Object.is(given, result), "withLock returns another result than its function.");
      same(ran, 1, "runs of the function");
    }
  }),
  onLocks("a lock has one holder at a time", async (lock, { key }) => {
    await crowd([lock, lock, lock, lock, lock], key());
  }),
  onLocks("a lock holds for a second handle too", async (lock, { again, key }) => {
    const other = await again?.();
    if (other === undefined) return;
    const second = lockOf(other);
    check(second !== undefined, "the second handle has no `withLock`.");
    await crowd([lock, second, lock, second], key());
  }),
  onLocks("the lock of one key does not block another key", async (lock, { key }) => {
    const pairs = [
      ["a", "b"],
      ["a", "A"],
      ["a/b", "a:b"],
    ] as const;
    for (const [one, other] of pairs) {
      const first = holder(lock, key(one));
      await first.began();
      const second = lock(key(other), async () => "ran");
      await within(second, SOON, `the lock of "${other}" cannot be acquired while "${one}" is locked.`).finally(
        first.leave,
      );
      await first.done;
    }
  }),
  onLocks("an error in a lock is thrown unchanged, and the lock is free afterwards", async (lock, { key }) => {
    const failure = new Error("made up");
    const failing: readonly (() => Promise<never>)[] = [
      () => Promise.reject(failure),
      () => {
        throw failure;
      },
    ];
    for (const run of failing) {
      const thrown = await failureOf(() => lock(key(), run), "withLock with a function that fails");
      check(thrown === failure, "withLock fails with another error than its function.");
      await within(
        lock(key(), async () => {}),
        SOON,
        "after an error, the lock cannot be acquired again.",
      );
    }
  }),
  onLocks("a caller that waits for a lock can leave, and the others keep their places", async (lock, { key }) => {
    const leaver = new AbortController();
    const reason = new Error("my reason");
    const first = holder(lock, key());
    await first.began();
    const second = holder(lock, key(), leaver.signal);
    const third = holder(lock, key());
    try {
      await pause(20);
      leaver.abort(reason);
      const left = failureOf(() => second.done, "withLock of a caller that has left");
      check(
        (await within(left, SOON, "a caller that aborts still waits.")) === reason,
        "the error is not the signal's reason.",
      );
      await pause(20);
      check(!third.state.began, "while the first holder runs, a caller that left has passed the lock on.");
      first.leave();
      await third.began();
      check(!second.state.began, "a caller that has left acquired the lock.");
    } finally {
      for (const one of [first, second, third]) one.leave();
    }
    await within(third.done, SOON, "the lock of the last caller did not end.");
  }),
  onLocks("an aborted signal never acquires the lock", async (lock, { key }) => {
    const reason = new Error("my reason");
    const late = holder(lock, key(), AbortSignal.abort(reason));
    late.leave();
    const failure = await within(
      failureOf(() => late.done, "withLock with an aborted signal"),
      SOON,
      "a caller with an aborted signal waits.",
    );
    check(failure === reason, "the error is not the signal's reason.");
    check(!late.state.began, "the function ran.");
  }),
  onLocks("an abort does not release the lock while its holder runs", async (lock, { key }) => {
    const leaver = new AbortController();
    const first = holder(lock, key(), leaver.signal);
    await first.began();
    leaver.abort(new Error("my reason"));
    const second = holder(lock, key());
    try {
      await pause(40);
      check(!second.state.began, "another caller acquired the lock while its holder runs.");
      first.leave();
      await second.began();
    } finally {
      first.leave();
      second.leave();
    }
    await within(second.done, SOON, "the lock of the next caller did not end.");
  }),
  onLocks("a holder reads what the previous holder wrote", async (lock, { store, again, key }) => {
    const other = (await again?.()) ?? store;
    const add = (at: SessionStore) =>
      (lockOf(at) ?? lock)(key("lock"), async () => {
        const before = Number((await at.get(key("sum"))) ?? 0);
        await pause(1);
        await at.set(key("sum"), String(before + 1));
      });
    await Promise.all([add(store), add(other), add(store), add(other)]);
    same(await store.get(key("sum")), "4", "a sum to which four callers added one under the lock");
  }),
  onLocks(
    "inside a lock, values can be read and written, and another key can be locked",
    async (lock, { store, key }) => {
      const inner = () =>
        lock(key("b"), async () => {
          await store.set(key("a"), "value");
          return store.get(key("a"));
        });
      const got = within(lock(key("a"), inner), SOON, "within the lock of a key, another key cannot be locked.");
      same(await got, "value", "get within two locks");
    },
  ),
];
