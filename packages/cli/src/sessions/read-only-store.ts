import { encryptedStore, isVmsError, type SessionStore } from "@vms/core";
import { isInterrupt } from "../command-line/interrupt.ts";
import type { Config } from "../profiles/config.ts";
import { findSessionKey } from "../secrets/session-key.ts";
import type { System } from "../system/system.ts";
import { sessionFiles } from "./session-store.ts";

export interface Seen {
  /** Whether the store contains a session, readable or not. */
  readonly present: boolean;
  readonly text: string | undefined;
  readonly problem: unknown;
}

/** A store that never writes, and a function that returns what was read from it. */
export async function readOnlyStore(
  system: System,
  config: Config,
): Promise<{ store: SessionStore; seen: () => Seen }> {
  let present = false;
  let text: string | undefined;
  let problem: unknown;
  const files = sessionFiles(system);
  const reading: SessionStore = {
    async get(key) {
      const value = await files.get(key);
      present ||= value !== undefined;
      return value;
    },
    set: async () => {},
    delete: async () => {},
  };
  const key = await findSessionKey(system, config).catch((error: unknown) => {
    if (isInterrupt(error)) throw error;
    problem = error;
    return undefined;
  });
  const opened = key === undefined ? undefined : encryptedStore(reading, { key });
  const store: SessionStore = {
    ...reading,
    async get(name) {
      if (opened === undefined) return void (await reading.get(name));
      try {
        text = (await opened.get(name)) ?? text;
        return text;
      } catch (error) {
        problem = error;
        // A file that the file store refuses exists too.
        present ||= isVmsError(error);
        throw error;
      }
    },
  };
  return { store, seen: () => ({ present, text, problem }) };
}
