import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Lease, SessionStore } from "../../../src/contract/session-store.ts";
import { openFileStore } from "../../../src/node/file-store/file-store.ts";
import type { LockTiming } from "../../../src/node/file-store/lock.ts";
import { temporaryDirectory } from "./temporary.ts";

/** Never considers a holder dead. */
export const PATIENT: LockTiming = { staleAfter: 120_000, refreshEvery: 500, pollEvery: 4 };
/** Long enough for a busy machine to refresh in time, and short enough for a test. */
export const QUICK: LockTiming = { staleAfter: 1_500, refreshEvery: 100, pollEvery: 10 };

export const open = (directory: string, timing: LockTiming = PATIENT): Required<SessionStore> =>
  openFileStore({ directory }, timing) as Required<SessionStore>;
export const fresh = async (): Promise<string> => join(await temporaryDirectory(), "sessions");

/** A lock that is held until `end` is called. */
export interface Hold {
  readonly done: Promise<string>;
  readonly lease: Lease;
  readonly lost: AbortSignal;
  end(result: string): void;
}

/** Holds the lock until `end` is called. */
export async function hold(store: Required<SessionStore>, key = "session"): Promise<Hold> {
  const gate = Promise.withResolvers<string>();
  const held = Promise.withResolvers<Lease>();
  const done = store.withLock(key, async (lease) => {
    held.resolve(lease);
    return gate.promise;
  });
  const lease = await held.promise;
  return { done, lease, lost: lease.signal, end: gate.resolve };
}

/** The directory of the only lock, and the file in it. */
export async function lockIn(directory: string): Promise<{ lock: string; holder: string }> {
  const name = (await readdir(directory)).find((one) => one.endsWith(".lock"));
  const [token] = name === undefined ? [] : await readdir(join(directory, name));
  if (name === undefined || token === undefined) throw new Error("no process holds a lock");
  return { lock: join(directory, name), holder: join(directory, name, token) };
}
