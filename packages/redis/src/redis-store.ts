import { InvalidOptions, type SessionStore } from "@vms/core";
import { checkNames, openLease, orAbort } from "@vms/core/internal";
import { createCheck } from "./check-client.ts";
import { acquire, keep, type Lock, release, writeLocked } from "./lock.ts";
import type { RedisClient } from "./redis-client.ts";
import { createSend } from "./send-command.ts";
import { failure } from "./store-failed.ts";

/** Options of `redisStore`. */
export interface RedisStoreOptions {
  /** The prefix of all keys in Redis, without braces. Default: `"vms:"`. */
  readonly prefix?: string;
  /**
   * How long a lock outlasts a holder that was killed, in ms: a whole number from 100 to 3,600,000. A running holder extends
   * it. Default: 10,000.
   */
  readonly lockTtl?: number;
}

/**
 * Creates a session store with locks in Redis, shared by all hosts that use the same Redis. Creating it sends nothing.
 * The first use sends one more command to check that the client is supported.
 *
 * The caller connects and closes the client. Values contain secrets. The store's methods reject with `StoreFailed`
 * (`store_failed`) if Redis cannot be reached, returns an error, or does not respond within 2,000 ms.
 * @param client a client of node-redis 5 or 6: the package `redis` or `@redis/client`.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown or malformed, and if `client` is not a client. The
 * first use of the store rejects with it if the client is not supported, such as node-redis 4 and ioredis.
 * @see https://redis.io/docs/latest/develop/clients/nodejs/
 * @example
 * const client = createClient({ url: "redis://localhost:6379" });
 * await client.connect();
 * const session = createAcmeSession({ baseUrl, credentials, store: redisStore(client) });
 */
export function redisStore(
  client: RedisClient,
  options: RedisStoreOptions = {},
): SessionStore & Required<Pick<SessionStore, "withLock">> {
  const { prefix, lockTtl } = checkOptions(client, options);
  const send = createSend();
  // Without a listener, the first network error would end the process.
  if (client.listenerCount("error") === 0) client.on("error", () => {});

  // The hash tag in braces puts a value and its lock into the same slot of a cluster.
  const valueKey = (key: string) => `${prefix}{${key}}`;
  const lockKey = (key: string) => `${prefix}{${key}}:lock`;
  const check = createCheck(client, send);
  const ready = (key: string) => check(key, `${valueKey(key)}:${crypto.randomUUID()}`);

  return {
    async get(key) {
      await ready(key);
      return textOf(await send(key, () => client.get(valueKey(key))));
    },
    async set(key, value, { expiresAt } = {}) {
      await ready(key);
      const left = timeLeft(expiresAt);
      const expiration = left === undefined ? {} : { expiration: { type: "PX", value: left } as const };
      await send(key, () => (left === 0 ? client.del(valueKey(key)) : client.set(valueKey(key), value, expiration)));
    },
    async delete(key) {
      await send(key, () => client.del(valueKey(key)), { always: true });
    },
    async withLock(key, run, { signal } = {}) {
      const lock: Lock = { client, send, name: key, key: lockKey(key), token: crypto.randomUUID(), ttl: lockTtl };
      await orAbort(ready(key), signal);
      const since = await acquire(lock, signal);
      const lost = new AbortController();
      const over = new AbortController();
      const keeping = keep(lock, since, over.signal, (error) => lost.abort(error));
      const { lease, end } = openLease(key, lost.signal, {
        write: (value, { expiresAt }) => writeLocked(lock, valueKey(key), value, timeLeft(expiresAt)),
        failure: (problem, retryable) => failure(problem, undefined, retryable),
      });
      try {
        return await run(lease);
      } finally {
        await end();
        over.abort();
        await keeping;
        await release(lock);
      }
    },
  };
}

/**
 * Returns the remaining time of a value in whole ms: 0 if it has expired, `undefined` if it has no expiry. A time that
 * Redis cannot represent counts as no expiry, because the session itself knows when it expires.
 */
function timeLeft(expiresAt: number | undefined): number | undefined {
  if (expiresAt === undefined) return undefined;
  const left = Math.ceil(expiresAt - Date.now());
  if (left <= 0) return 0;
  return Number.isSafeInteger(left) ? left : undefined;
}

/** Returns a reply as text. A client can be configured to return buffers. */
function textOf(reply: unknown): string | undefined {
  if (reply === null || reply === undefined) return undefined;
  if (typeof reply === "string") return reply;
  if (ArrayBuffer.isView(reply)) return new TextDecoder().decode(reply);
  throw failure("the client does not return texts.", "Do not change its `typeMapping`.");
}

function checkOptions(client: RedisClient, options: RedisStoreOptions): Required<RedisStoreOptions> {
  const wrong = (what: string): never => {
    throw new InvalidOptions("redis", what);
  };
  const methods = ["get", "set", "del", "eval", "on", "listenerCount"] as const;
  if (!methods.every((method) => typeof client?.[method] === "function")) {
    wrong(
      "the first argument must be a client of node-redis 5 or 6 (`redis` or `@redis/client`), for example of `createClient()`.",
    );
  }
  if (typeof options !== "object" || options === null) wrong("the options must be an object.");
  const names: Record<keyof RedisStoreOptions, true> = { prefix: true, lockTtl: true };
  checkNames("redis", options, names, "redisStore");
  const { prefix = "vms:", lockTtl = 10_000 } = options;
  if (typeof prefix !== "string" || /[{}]/.test(prefix)) wrong("`prefix` must be a string without braces.");
  if (!Number.isInteger(lockTtl) || lockTtl < 100 || lockTtl > 3_600_000) {
    wrong("`lockTtl` must be a whole number of ms from 100 to 3,600,000.");
  }
  return { prefix, lockTtl };
}
