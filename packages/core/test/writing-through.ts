import type { SessionStore } from "../src/contract/session-store.ts";

/** Returns the store with another `set`, which the leases of its locks also use. */
export function writingThrough(store: SessionStore, set: SessionStore["set"]): SessionStore {
  const { withLock } = store;
  if (withLock === undefined) return { ...store, set };
  return {
    ...store,
    set,
    withLock: (key, run, options) => withLock(key, ({ signal }) => run({ signal, set }), options),
  };
}
