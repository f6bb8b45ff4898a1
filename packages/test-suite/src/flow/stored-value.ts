import type { SessionStore } from "@vms/core";
import { check, same } from "../checks.ts";

/** A store whose values a clause can read and change. */
export function openStore(): { readonly store: SessionStore; readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    store: {
      get: async (key) => values.get(key),
      set: async (key, value) => void values.set(key, value),
      delete: async (key) => void values.delete(key),
    },
  };
}

/** Returns the only entry of a store. */
export function entryOf(values: ReadonlyMap<string, string>): readonly [key: string, text: string] {
  same(values.size, 1, "sessions in the store");
  const [entry] = values;
  check(entry !== undefined, "the store is empty.");
  return entry;
}

/** Returns the session in a stored value. */
export function storedSession(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("the stored value is not JSON.");
  }
  const { session } = (value ?? {}) as { readonly session?: unknown };
  check(typeof session === "object" && session !== null, "the stored value has no session.");
  return session as Readonly<Record<string, unknown>>;
}
