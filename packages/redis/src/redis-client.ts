/**
 * What the store calls on a client of the package `redis`. Those of `createClient()`, `createCluster()`,
 * `createClientPool()` and `createSentinel()` fit, with whatever type parameters.
 */
export interface RedisClient {
  get(key: string): Promise<unknown>;
  set(
    key: string,
    value: string,
    options?: { condition?: "NX"; expiration?: { type: "PX"; value: number } },
  ): Promise<unknown>;
  del(key: string): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  on(event: "error", listener: (error: unknown) => void): unknown;
  listenerCount(event: "error"): number;
}
