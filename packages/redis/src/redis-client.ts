/**
 * The methods of a node-redis 5 or 6 client (`redis` or `@redis/client`) that the store calls. The clients from
 * `createClient()`, `createCluster()`, `createClientPool()` and `createSentinel()` have them, with any type parameters.
 */
export interface RedisClient {
  /** Sends `GET`. */
  get(key: string): Promise<unknown>;
  /** Sends `SET`. `value` in `expiration` is in ms. */
  set(
    key: string,
    value: string,
    options?: { condition?: "NX" | "XX"; expiration?: { type: "PX"; value: number } },
  ): Promise<unknown>;
  /** Sends `DEL`. */
  del(key: string): Promise<unknown>;
  /** Sends `EVAL`. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  /** Adds a listener for errors of the connection. */
  on(event: "error", listener: (error: unknown) => void): unknown;
  /** Returns the number of listeners for errors of the connection. */
  listenerCount(event: "error"): number;
}
