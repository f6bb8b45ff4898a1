import { orAbort, sleep, systemClock } from "@vms/core/internal";
import type { RedisClient } from "./redis-client.ts";
import { COMMAND_TIMEOUT, type Send } from "./send-command.ts";
import { failure } from "./store-failed.ts";

// Each script acts only while the lock has the caller's token.
const EXTEND =
  "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) else return 0 end";
const RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end";

// The script checks and writes atomically. `ARGV[3]` is the value's remaining time in ms: "0" if it has expired, empty
// if it has no expiry. Both keys are in one slot.
const WRITE = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] == '' then redis.call('SET', KEYS[2], ARGV[2])
elseif ARGV[3] == '0' then redis.call('DEL', KEYS[2])
else redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
return 1`;

/** The first and the longest wait between two attempts to acquire a lock, in ms. */
const FIRST_WAIT = 20;
const LONGEST_WAIT = 250;

/** A lock in Redis: a key with a random value that expires unless its holder extends it. */
export interface Lock {
  readonly client: RedisClient;
  readonly send: Send;
  /** The locked key of the store. */
  readonly name: string;
  readonly key: string;
  readonly token: string;
  /** How long the lock lasts without an extension, in ms. */
  readonly ttl: number;
}

/**
 * Waits until the lock is acquired.
 * @returns the time at which the successful command was sent, by `performance.now()`. The TTL of the lock counts from then.
 * @throws {StoreFailed} `store_failed` if Redis fails. If the signal aborts, its reason is thrown.
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
      // The command can still acquire the lock, which no caller would release.
      const undo = () => client.eval(RELEASE, { keys: [key], arguments: [token] });
      answer?.then((got) => (got === null ? undefined : undo()), undo).catch(() => {});
      throw error;
    }
    await sleep(systemClock(), wait * (0.5 + Math.random() / 2), signal);
  }
}

/** Extends the lock until `stop` aborts. Calls `lost` once if the lock is lost or may be lost. */
export async function keep(lock: Lock, since: number, stop: AbortSignal, lost: (error: Error) => void): Promise<void> {
  const { client, send, name, key, token, ttl } = lock;
  const command = () => client.eval(EXTEND, { keys: [key], arguments: [token, String(ttl)] });
  let oursUntil = since + ttl;
  let failed = false;
  while (!stop.aborted) {
    const wait = Math.min(failed ? ttl / 10 : ttl / 3, oursUntil - performance.now());
    await sleep(systemClock(), Math.max(0, wait), stop).catch(() => {});
    if (stop.aborted) return;
    // A process that was suspended also tries: if the token still exists, no other process has held the lock.
    if (failed && performance.now() >= oursUntil) return lost(failure("the lock could not be extended in time."));
    const sentAt = performance.now();
    try {
      const answer = await orAbort(send(name, command, { timeout: Math.min(COMMAND_TIMEOUT, ttl / 3) }), stop);
      if (Number(answer) !== 1) return lost(failure("the lock was lost. It has expired, or another process holds it."));
      oursUntil = sentAt + ttl;
      failed = false;
    } catch {
      failed = true;
    }
  }
}

/**
 * Writes or removes a value if the lock still has the holder's token.
 * @param left the value's remaining time in ms: 0 if it has expired, `undefined` if it has no expiry.
 * @returns whether the lock still had the token.
 */
export async function writeLocked(lock: Lock, key: string, value: string, left: number | undefined): Promise<boolean> {
  const { client, send, name, token } = lock;
  const time = left === undefined ? "" : String(left);
  const command = () => client.eval(WRITE, { keys: [lock.key, key], arguments: [token, value, time] });
  return Number(await send(name, command)) === 1;
}

/** Releases the lock if it still has the holder's token. If Redis fails, the lock expires. */
export async function release(lock: Lock): Promise<void> {
  const { client, send, name, key, token } = lock;
  const command = () => client.eval(RELEASE, { keys: [key], arguments: [token] });
  await send(name, command, { always: true }).catch(() => {});
}
