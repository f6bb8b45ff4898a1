import { InvalidOptions, type SessionStore } from "@vms/core";
import { acquire, keep, type Lock, release } from "./lock.ts";
import type { RedisClient } from "./redis-client.ts";
import { createSend } from "./send-command.ts";
import { failure } from "./store-failed.ts";

/** How sessions are kept in Redis. */
export interface RedisStoreOptions {
  /** What the keys in Redis begin with. Default: `"vms:"`. */
  readonly prefix?: string;
  /** How long a lock outlives a holder that was killed, in ms. Default: 10,000. A living holder extends it. */
  readonly lockTtl?: number;
}

/**
 * A store of sessions in Redis, shared by all hosts that use the same one.
 *
 * The client stays yours: connect it, and close it. Values hold secrets.
 * @throws {InvalidOptions} naming what is missing or malformed.
 */
export function redisStore(
  client: RedisClient,
  options: RedisStoreOptions = {},
): SessionStore & Required<Pick<SessionStore, "withLock">> {
  const { prefix, lockTtl } = checkOptions(client, options);
  const send = createSend();
  // Without a listener, the first cut of the network would end the process.
  if (client.listenerCount("error") === 0) client.on("error", () => {});

  // What stands in braces decides the slot in a cluster: a value and its lock share one.
  const valueKey = (key: string) => `${prefix}{${key}}`;
  const lockKey = (key: string) => `${prefix}{${key}}:lock`;

  return {
    async get(key) {
      return textOf(await send(key, () => client.get(valueKey(key))));
    },
    async set(key, value, { expiresAt } = {}) {
      const left = expiresAt === undefined ? Number.POSITIVE_INFINITY : Math.ceil(expiresAt - Date.now());
      // What is no number of ms that Redis could take is kept: the session itself knows when it ends.
      const expiration = Number.isSafeInteger(left) ? { expiration: { type: "PX", value: left } as const } : {};
      await send(key, () => (left <= 0 ? client.del(valueKey(key)) : client.set(valueKey(key), value, expiration)));
    },
    async delete(key) {
      await send(key, () => client.del(valueKey(key)), { always: true });
    },
    async withLock(key, run, { signal } = {}) {
      const lock: Lock = { client, send, name: key, key: lockKey(key), token: crypto.randomUUID(), ttl: lockTtl };
      const since = await acquire(lock, signal);
      const lost = new AbortController();
      const over = new AbortController();
      const keeping = keep(lock, since, over.signal, (error) => lost.abort(error));
      try {
        return await run(lost.signal);
      } finally {
        over.abort();
        await keeping;
        await release(lock);
      }
    },
  };
}

/** A client can be told to give buffers for texts. */
function textOf(reply: unknown): string | undefined {
  if (reply === null || reply === undefined) return undefined;
  if (typeof reply === "string") return reply;
  if (reply instanceof Uint8Array) return new TextDecoder().decode(reply);
  throw failure("the client gives something else than texts. Leave its `typeMapping` as it is.");
}

function checkOptions(client: RedisClient, options: RedisStoreOptions): Required<RedisStoreOptions> {
  const wrong = (what: string): never => {
    throw new InvalidOptions("redis", what);
  };
  const methods = ["get", "set", "del", "eval", "on", "listenerCount"] as const;
  if (!methods.every((method) => typeof client?.[method] === "function")) {
    wrong("the first argument must be a client of the package `redis`, for example of `createClient()`.");
  }
  if (typeof options !== "object" || options === null) wrong("the options must be an object.");
  const { prefix = "vms:", lockTtl = 10_000 } = options;
  if (typeof prefix !== "string" || /[{}]/.test(prefix)) wrong("`prefix` must be a string without braces.");
  if (!Number.isInteger(lockTtl) || lockTtl < 100 || lockTtl > 3_600_000) {
    wrong("`lockTtl` must be a whole number of ms from 100 to 3,600,000.");
  }
  return { prefix, lockTtl };
}
