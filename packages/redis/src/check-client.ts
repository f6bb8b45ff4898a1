import { InvalidOptions } from "@vms/core";
import type { RedisClient } from "./redis-client.ts";
import type { Send } from "./send-command.ts";

/**
 * Returns a function that sends one command to detect whether the client supports the options of `set`. After the first
 * success, it sends nothing. `key` is the key that the caller is about to use, and `probe` is an unused key.
 * @throws {InvalidOptions} `invalid_options` if the client ignores the options or fails on them.
 * @throws {StoreFailed} `store_failed` if Redis fails. The next call tries again.
 */
export function createCheck(client: RedisClient, send: Send): (key: string, probe: string) => Promise<void> {
  let checked: Promise<void> | undefined;
  return (key, probe) => {
    checked ??= check(client, send, key, probe).catch((error: unknown) => {
      if (!(error instanceof InvalidOptions)) checked = undefined;
      throw error;
    });
    return checked;
  };
}

async function check(client: RedisClient, send: Send, key: string, probe: string): Promise<void> {
  // The key does not exist. With `XX`, nothing is written and the reply is null, unless the client drops the options.
  const command = async () => {
    try {
      return await client.set(probe, "", { condition: "XX", expiration: { type: "PX", value: 1 } });
    } catch (error) {
      if (isMisunderstood(error)) return error;
      throw error;
    }
  };
  if ((await send(key, command)) === null) return;
  // A client that drops the options has written the key without an expiry.
  await send(key, async () => client.del(probe)).catch(() => {});
  throw new InvalidOptions(
    "redis",
    "the client does not understand the options of `set`. redisStore works with node-redis 5 or 6 (`redis` or `@redis/client`), not with node-redis 4 or ioredis.",
  );
}

/** Whether an error shows that the client has sent the options in another form. */
function isMisunderstood(error: unknown): boolean {
  return /^ERR syntax error/.test(String(Object(error).message));
}
