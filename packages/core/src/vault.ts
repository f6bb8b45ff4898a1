import { isVmsError } from "./errors/any-error.ts";
import { StoreFailed } from "./errors/store-failed.ts";
import type { Events } from "./events.ts";
import type { Flow } from "./flow.ts";
import { parseRecord, type SessionRecord } from "./record.ts";
import type { SessionStore } from "./store.ts";
import { originMatches } from "./target.ts";

/** A store as the engine sees it: typed, and never failing. A failure is an event, and the session goes on in memory. */
export interface Vault<Data, User> {
  /** The account's record, where there is one of this flow; what does not parse or belongs elsewhere is none. */
  read(account: string): Promise<SessionRecord<Data, User> | undefined>;
  write(record: SessionRecord<Data, User>): Promise<void>;
  remove(account: string): Promise<void>;
  /** Runs under the account's lock, where the store has locks; without it, where that fails. */
  exclusive<T>(account: string, run: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** Opens a store for one flow. */
export function openVault<Data, User>(
  store: SessionStore,
  flow: Flow<Data, User>,
  events: Events<User>,
): Vault<Data, User> {
  type Operation = "get" | "set" | "delete" | "lock";
  const failed = (operation: Operation, error: unknown) => {
    // The store's own message is not shown: it could quote a value.
    const why = isVmsError(error) ? ` ${error.message}` : "";
    const wrapped = new StoreFailed(
      flow.vendor,
      `the store's ${operation} failed; the session goes on in memory.${why} Check the store.`,
      { retryable: true },
    );
    events.emit({ type: "store_failed", operation, error: wrapped });
  };
  // One at a time and in order: a write under way must not bring back what is removed after it.
  let tail: Promise<unknown> = Promise.resolve();
  function attempt<T>(operation: Operation, run: () => Promise<T>): Promise<T | undefined> {
    const result = tail.then(run).catch((error: unknown) => {
      failed(operation, error);
      return undefined;
    });
    tail = result;
    return result;
  }

  const keys = new Map<string, Promise<string>>();
  function keyOf(account: string): Promise<string> {
    const key = keys.get(account) ?? storeKey(flow, account);
    keys.set(account, key);
    return key;
  }

  return {
    async read(account) {
      const text = await attempt("get", async () => store.get(await keyOf(account)));
      const record = typeof text === "string" ? parseRecord(text) : undefined;
      if (record === undefined || record.vendor !== flow.vendor || record.account !== account) return undefined;
      try {
        const { origin } = new URL(record.baseUrl);
        const home = origin === flow.baseUrl.origin || originMatches(origin, flow.allowedOrigins ?? []);
        if (!home) return undefined;
        return { ...record, data: flow.parse(record.data) } as SessionRecord<Data, User>;
      } catch {
        return undefined;
      }
    },
    async write(record) {
      await attempt("set", async () => {
        const expiresAt = record.expiresAt;
        const value = JSON.stringify(record);
        await store.set(await keyOf(record.account), value, expiresAt === undefined ? {} : { expiresAt });
      });
    },
    async remove(account) {
      await attempt("delete", async () => store.delete(await keyOf(account)));
    },
    async exclusive(account, run, signal) {
      let outcome: ReturnType<typeof run> | undefined;
      const start = (lock: AbortSignal) => {
        outcome = run(lock);
        return outcome;
      };
      try {
        if (store.withLock !== undefined) await store.withLock(await keyOf(account), start, { signal });
      } catch (error) {
        signal.throwIfAborted();
        if (outcome === undefined) failed("lock", error);
      }
      // Once it ran, what it yielded counts, whatever the release of the lock said.
      return outcome ?? run(signal);
    },
  };
}

/**
 * The key of a session in a store: vendor, origin, account, and a digest of whatever else makes it another session.
 */
export async function storeKey(flow: Flow<never, never> | Flow<unknown, unknown>, account: string): Promise<string> {
  const rest = JSON.stringify([flow.baseUrl.pathname, flow.identity ?? ""]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(rest)));
  const hex = [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return ["vms", flow.vendor, flow.baseUrl.origin, encodeURIComponent(account), hex].join("|");
}
