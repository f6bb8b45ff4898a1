import { lstat, mkdir, rename, rmdir, unlink, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileErrorCode, ignoring } from "../private-files/file-error.ts";
import { fileFailure, notOurs } from "./failure.ts";
import { readLock, removeCandidate, tokenOf } from "./lock-content.ts";

/** In ms. All processes that share a directory must use the same times. */
export interface LockTiming {
  readonly staleAfter: number;
  /** Several times in `staleAfter`. */
  readonly refreshEvery: number;
  /** On average. */
  readonly pollEvery: number;
}

export interface LockPlace {
  /** A directory with the holder's file, named by the holder's token. */
  readonly lock: string;
  /** A directory next to the lock that nobody else uses. */
  readonly candidate: string;
  /** 32 hexadecimal digits. */
  readonly token: string;
}

export interface HeldLock {
  /** Aborts when another process takes the lock over. */
  readonly lost: AbortSignal;
  /** Never fails: an unreleased lock is taken over after `staleAfter`. */
  release(): Promise<void>;
}

/** Exists while its holder has the lock. */
export function holderFile({ lock, token }: LockPlace): string {
  return join(lock, token);
}

/** In the lock, for a value that is then renamed over the old one. */
export function pendingFile({ lock, token }: LockPlace): string {
  return join(lock, `${token}.value`);
}

/**
 * Waits for a lock between processes: a directory with its holder's file, named by a random token.
 *
 * Renaming a complete directory to a free name creates the lock. A release and a takeover both remove the file *of one
 * token*, so only one waiter succeeds, and none can remove a later holder's lock. A lock that is a single file has no
 * such operation: between reading a stale file and moving it away, it can become another holder's.
 *
 * No library fits: `proper-lockfile`, the best known, was last released in 2021 and hooks the exit of the process. Two
 * of its waiters can remove each other's lock during a takeover.
 *
 * @param signal ends the wait, with its own reason.
 */
export async function acquireLock(place: LockPlace, timing: LockTiming, signal?: AbortSignal): Promise<HeldLock> {
  try {
    await acquire(place, timing, signal);
  } catch (error) {
    await removeCandidate(place.candidate, place.token).catch(() => {});
    throw error;
  }
  const { lost, stop } = keepAlive(holderFile(place), timing);
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
    // Only time in which this process was awake counts, so that after a sleep the holder can continue.
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

/**
 * Returns the holder, if any, and its last touch. Removes pending values of former holders, because only an empty lock
 * can be taken.
 * @throws {StoreFailed} `store_failed` if there is only a foreign file.
 */
async function look(lock: string): Promise<{ name: string; touched: number }[]> {
  const { tokens, pending, foreign } = await readLock(lock);
  for (const name of pending) {
    // Its holder's file never returns, so the value is unusable. The writer notices and reports that.
    if (!tokens.includes(tokenOf(name))) await ignoring(["ENOENT"], unlink(join(lock, name)));
  }
  const [other] = foreign;
  if (tokens.length === 0 && other !== undefined) throw notOurs(join(lock, other), "is in a lock");
  const holders = tokens.map(async (name) => {
    const stats = await ignoring(["ENOENT"], lstat(join(lock, name)));
    return { name, touched: stats?.mtimeMs ?? 0 };
  });
  return Promise.all(holders);
}

async function claim(place: LockPlace): Promise<boolean> {
  const { lock, candidate, token } = place;
  await ignoring(["EEXIST"], mkdir(candidate, { mode: 0o700 }));
  await ignoring(["EEXIST"], writeFile(join(candidate, token), "", { flag: "wx", mode: 0o600 }));
  // An interrupted release leaves an empty directory. This call removes no other.
  await ignoring(["ENOENT", "ENOTEMPTY", "EEXIST"], rmdir(lock));
  const taken = ["ENOENT", "ENOTEMPTY", "EEXIST", ...(process.platform === "win32" ? ["EPERM", "EACCES"] : [])];
  try {
    await rename(candidate, lock);
    // Fails if the token is missing: a sweep can empty the candidate of a very long wait.
    await touch(holderFile(place));
    return true;
  } catch (error) {
    if (taken.includes(fileErrorCode(error))) return false;
    throw error;
  }
}

async function releaseLock(place: LockPlace): Promise<void> {
  await ignoring(["ENOENT"], unlink(holderFile(place)));
  await ignoring(["ENOENT", "ENOTEMPTY", "EEXIST"], rmdir(place.lock));
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}

/** Aborts `lost` when another process has the lock. */
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
        fileFailure(`the lock ${basename(dirname(holder))} was taken over because its holder did not touch it.`, {
          retryable: true,
        }),
      );
    }
  };
  let stopped = false;
  const timer = setInterval(refresh, refreshEvery);
  // Only the code under the lock may keep the process alive.
  timer.unref();
  function stop() {
    stopped = true;
    clearInterval(timer);
  }
  return { lost: lost.signal, stop };
}
