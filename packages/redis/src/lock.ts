import type { RedisClient } from "./redis-client.ts";
import { COMMAND_TIMEOUT, type Send } from "./send-command.ts";
import { failure } from "./store-failed.ts";
import { orAbort, sleep } from "./wait.ts";

// Each does something to the lock only while it is still its own.
const EXTEND =
  "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) else return 0 end";
const RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end";

/** The first and the longest wait between two tries to get a lock, in ms. */
const FIRST_WAIT = 20;
const LONGEST_WAIT = 250;

/** A lock in Redis: a key with a random value that ends by itself unless its holder extends it. */
export interface Lock {
  readonly client: RedisClient;
  readonly send: Send;
  /** What is locked, as the store's user names it. */
  readonly name: string;
  /** The lock's key in Redis. */
  readonly key: string;
  /** Whose it is: a value that nobody else has. */
  readonly token: string;
  /** How long it lives without being extended, in ms. */
  readonly ttl: number;
}

/**
 * Waits until the lock is ours.
 * @returns when the command was sent that got it, by `performance.now()`: from then on its time counts.
 * @throws {StoreFailed} when Redis fails, or the signal's reason.
 */
export async function acquire(lock: Lock, signal: AbortSignal | undefined): Promise<number> {
  const { client, send, name, key, token, ttl } = lock;
  for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    signal?.throwIfAborted();
    const sentAt = performance.now();
    let answer: Promise<unknown> | undefined;
    const command = () => {
      answer = client.set(key, token, { condition: "NX", expiration: { type: "PX", value: ttl } });
      return answer;
    };
    try {
      if ((await orAbort(send(name, command), signal)) !== null) return sentAt;
    } catch (error) {
      // The lock may yet have become ours, or may become so later, and nobody would release it.
      const undo = () => client.eval(RELEASE, { keys: [key], arguments: [token] });
      answer?.then((got) => (got === null ? undefined : undo()), undo).catch(() => {});
      throw error;
    }
    await sleep(wait * (0.5 + Math.random() / 2), signal);
  }
}

/** Extends the lock until it is told to stop; calls `lost` once it is, or may be, somebody else's. */
export async function keep(lock: Lock, since: number, stop: AbortSignal, lost: (error: Error) => void): Promise<void> {
  const { client, send, name, key, token, ttl } = lock;
  const command = () => client.eval(EXTEND, { keys: [key], arguments: [token, String(ttl)] });
  let oursUntil = since + ttl;
  let failed = false;
  while (!stop.aborted) {
    const wait = Math.min(failed ? ttl / 10 : ttl / 3, oursUntil - performance.now());
    await sleep(Math.max(0, wait), stop).catch(() => {});
    if (stop.aborted) return;
    // A process that stood still asks all the same: while the token is there, the lock was never anybody else's.
    if (failed && performance.now() >= oursUntil) return lost(failure("the lock could not be extended in time."));
    const sentAt = performance.now();
    try {
      const answer = await orAbort(send(name, command, { timeout: Math.min(COMMAND_TIMEOUT, ttl / 3) }), stop);
      if (Number(answer) !== 1) return lost(failure("the lock was lost: it is gone, or somebody else's."));
      oursUntil = sentAt + ttl;
      failed = false;
    } catch {
      failed = true;
    }
  }
}

/** Gives the lock back, where it is still ours. Where Redis fails, it ends by itself. */
export async function release(lock: Lock): Promise<void> {
  const { client, send, name, key, token } = lock;
  const command = () => client.eval(RELEASE, { keys: [key], arguments: [token] });
  await send(name, command, { always: true }).catch(() => {});
}
