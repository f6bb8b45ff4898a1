import { mkdir, readdir, rename, rm, rmdir, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { fileErrorCode, ignoring } from "../private-files/file-error.ts";
import { fileFailure } from "./failure.ts";

/** The times of a lock, in ms. All processes that share a directory must have the same. */
export interface LockTiming {
  /** How long a lock stands still before it is taken over. */
  readonly staleAfter: number;
  /** How often its holder shows that it lives: several times in `staleAfter`. */
  readonly refreshEvery: number;
  /** How often those who wait look, on average. */
  readonly pollEvery: number;
}

/** Where a lock is, and what its next holder is called. */
export interface LockPlace {
  /** The lock: a directory with one file in it, whose name is its holder's token. */
  readonly lock: string;
  /** A directory beside it that nobody else uses. */
  readonly candidate: string;
  readonly token: string;
}

/** A lock that is held. */
export interface HeldLock {
  /** Aborted when somebody has taken the lock over. */
  readonly lost: AbortSignal;
  /** Never fails: what cannot be released is taken over in time. */
  release(): Promise<void>;
}

/**
 * Waits for a lock that other processes see.
 *
 * The lock is a directory with one file in it, named by a random token. It comes into being whole, as a rename to a name
 * that is free; and whoever takes it away, its holder or one who found it stale, removes the file *of that token*: of
 * several who try, one succeeds, and none can remove the lock of a later holder. (A lock that is one file has no such
 * operation: between reading a stale one and moving it away, it may have become somebody's new one.)
 *
 * @param signal ends the wait, with its own reason.
 */
export async function acquireLock(place: LockPlace, timing: LockTiming, signal?: AbortSignal): Promise<HeldLock> {
  try {
    await acquire(place, timing, signal);
  } catch (error) {
    await rm(place.candidate, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
  const { lost, stop } = keepAlive(join(place.lock, place.token), timing);
  const release = async () => {
    stop();
    await releaseLock(place).catch(() => {});
  };
  if (signal?.aborted) {
    await release();
    throw signal.reason;
  }
  return { lost, release };
}

async function acquire(place: LockPlace, timing: LockTiming, signal: AbortSignal | undefined): Promise<void> {
  let seen = "";
  let still = 0;
  let lookedAt = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    const holders = await look(place.lock);
    if (holders.length === 0 && (await claim(place))) return;
    const now = performance.now();
    const state = holders.map(({ name, touched }) => `${name} ${touched}`).join("\n");
    // Only time that this process was awake counts: after a laptop's sleep the holder gets its time to go on.
    still = state === seen ? still + Math.min(now - lookedAt, 10 * timing.pollEvery) : 0;
    seen = state;
    lookedAt = now;
    if (holders.length > 0 && still >= timing.staleAfter) {
      for (const { name } of holders) await ignoring(["ENOENT"], unlink(join(place.lock, name)));
      continue;
    }
    try {
      await delay(timing.pollEvery * (0.5 + Math.random()), undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }
}

/** Who holds the lock, and when they last showed it: none, one, or what does not belong there. */
async function look(lock: string): Promise<{ name: string; touched: number }[]> {
  const names = await ignoring(["ENOENT"], readdir(lock));
  const holders = (names ?? []).map(async (name) => {
    const stats = await ignoring(["ENOENT"], stat(join(lock, name)));
    return { name, touched: stats?.mtimeMs ?? 0 };
  });
  return Promise.all(holders);
}

/** Tries to become the holder of a lock that nobody holds. */
async function claim({ lock, candidate, token }: LockPlace): Promise<boolean> {
  await ignoring(["EEXIST"], mkdir(candidate, { mode: 0o700 }));
  await ignoring(["EEXIST"], writeFile(join(candidate, token), "", { flag: "wx", mode: 0o600 }));
  // An empty one was left by a release that was cut off. This removes no other.
  await ignoring(["ENOENT", "ENOTEMPTY", "EEXIST"], rmdir(lock));
  const taken = ["ENOENT", "ENOTEMPTY", "EEXIST", ...(process.platform === "win32" ? ["EPERM", "EACCES"] : [])];
  try {
    await rename(candidate, lock);
    // Also shows that the token is in there: a sweep could have emptied the candidate of a very long wait.
    await touch(join(lock, token));
    return true;
  } catch (error) {
    if (taken.includes(fileErrorCode(error))) return false;
    throw error;
  }
}

async function releaseLock({ lock, token }: LockPlace): Promise<void> {
  await ignoring(["ENOENT"], unlink(join(lock, token)));
  await ignoring(["ENOENT", "ENOTEMPTY", "EEXIST"], rmdir(lock));
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}

/** Shows every now and then that the holder lives, and tells it when the lock is no longer its own. */
function keepAlive(holder: string, { staleAfter, refreshEvery }: LockTiming): { lost: AbortSignal; stop: () => void } {
  const lost = new AbortController();
  let shown = performance.now();
  const refresh = async () => {
    try {
      await touch(holder);
      shown = performance.now();
    } catch (error) {
      if (stopped || (fileErrorCode(error) !== "ENOENT" && performance.now() - shown < staleAfter)) return;
      stop();
      lost.abort(
        fileFailure(`the lock ${basename(join(holder, ".."))} was taken over, as its holder stood still.`, true),
      );
    }
  };
  let stopped = false;
  const timer = setInterval(refresh, refreshEvery);
  // What runs under the lock keeps the process alive, or nothing does.
  timer.unref();
  function stop() {
    stopped = true;
    clearInterval(timer);
  }
  return { lost: lost.signal, stop };
}
