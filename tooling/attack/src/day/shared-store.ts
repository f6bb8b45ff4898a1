import { type Lease, type SessionStore, StoreFailed } from "@vms/core";
import { type OpenLease, openLease } from "@vms/core/internal";
import { between } from "../soak/random.ts";
import type { TimeLine } from "./machine/time-line.ts";
import { createOutage, type Outage } from "./outage.ts";
import type { Process } from "./process.ts";

/** The time until a lock expires unless its holder extends it, in ms. */
const LOCK_LASTS = 10_000;
/** The maximum interval between attempts to take a lock, in ms. */
const LONGEST_WAIT = 250;

/** The store's server with the values and locks that all workers share, behind a network. */
export interface SharedStore {
  readonly outage: Outage;
  /** The number of failed operations. */
  readonly failures: number;
  /** The store for one process. */
  open(process: Process): SessionStore;
  /** The value of an account, without a delay; `undefined` if there is none or the store is unreachable. */
  peek(account: string): string | undefined;
}

interface Lock {
  readonly token: number;
  until: number;
}

export function createSharedStore(time: TimeLine, random: () => number): SharedStore {
  const values = new Map<string, string>();
  const locks = new Map<string, Lock>();
  const keys = new Map<string, string>();
  const outage = createOutage(time);
  let failures = 0;
  let tokens = 0;

  const holds = (key: string, token: number) => {
    const lock = locks.get(key);
    return lock !== undefined && lock.token === token && time.now() < lock.until;
  };

  /** Calls the server, with the latency of both directions. */
  async function ask<T>(process: Process, act: () => T): Promise<T> {
    await process.pass(between(random, 1, 3));
    if (outage.isOn) {
      failures++;
      // Some connections are refused, and others get no response.
      if (random() < 0.2) await process.pass(30_000);
      throw new StoreFailed("attack", "the store cannot be reached.", { retryable: true });
    }
    const answer = act();
    await process.pass(between(random, 1, 3));
    return answer;
  }

  async function take(process: Process, key: string, signal: AbortSignal | undefined): Promise<number> {
    const token = ++tokens;
    for (let wait = 20; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      signal?.throwIfAborted();
      const isOurs = await ask(process, () => {
        if (time.now() < (locks.get(key)?.until ?? 0)) return false;
        locks.set(key, { token, until: time.now() + LOCK_LASTS });
        return true;
      });
      if (isOurs) return token;
      await process.pass(wait * (0.5 + random() / 2));
    }
  }

  /** Extends a lock until it is released or lost. */
  function keep(process: Process, key: string, token: number, lost: AbortController): () => void {
    let isOver = false;
    const extend = async () => {
      for (let since = time.now(); !isOver; ) {
        await process.pass(LOCK_LASTS / 3);
        if (isOver) return;
        const sent = time.now();
        const kept = await ask(process, () => {
          if (!holds(key, token)) return false;
          locks.set(key, { token, until: time.now() + LOCK_LASTS });
          return true;
        }).catch(() => undefined);
        if (kept) since = sent;
        else if (kept === false || time.now() - since >= LOCK_LASTS) return lost.abort(new Error("the lock was lost"));
      }
    };
    extend().catch(() => {});
    return () => {
      isOver = true;
    };
  }

  async function release(process: Process, key: string, token: number): Promise<void> {
    // If the store does not respond, the lock expires.
    await ask(process, () => holds(key, token) && locks.delete(key)).catch(() => {});
  }

  async function withLock<T>(
    process: Process,
    key: string,
    run: (lease: Lease) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const token = await take(process, key, signal);
    const lost = new AbortController();
    const stop = keep(process, key, token, lost);
    const { lease, end }: OpenLease = openLease(key, lost.signal, {
      write: (value) =>
        ask(process, () => {
          if (!holds(key, token)) return false;
          values.set(key, value);
          return true;
        }),
      failure: (problem, retryable) => new StoreFailed("attack", problem, { retryable }),
    });
    try {
      return await run(lease);
    } finally {
      await end();
      stop();
      await release(process, key, token);
    }
  }

  return {
    outage,
    get failures() {
      return failures;
    },
    open: (process) => ({
      get: (key) => ask(process, () => values.get(key)),
      set: (key, value) => ask(process, () => void values.set(key, value)),
      delete: (key) => ask(process, () => void values.delete(key)),
      withLock: (key, run, { signal } = {}) => {
        keys.set(accountOf(key), key);
        return withLock(process, key, run, signal);
      },
    }),
    peek: (account) => (outage.isOn ? undefined : values.get(keys.get(account) ?? "")),
  };
}

/** The account in a key: the fourth of its parts. */
function accountOf(key: string): string {
  return decodeURIComponent(key.split("|")[3] ?? "");
}
