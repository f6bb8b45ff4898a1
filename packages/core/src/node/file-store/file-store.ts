import { createHash, randomBytes } from "node:crypto";
import { unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { SessionStore } from "../../contract/session-store.ts";
import { InvalidOptions } from "../../errors/invalid-options.ts";
import { memoryStore } from "../../store/memory-store.ts";
import { ignoring } from "../private-files/file-error.ts";
import { checkDirectory, defaultDirectory, LEFTOVER_AGE, removeLeftovers, syncDirectory } from "./directory.ts";
import { explainFailure, fileFailure } from "./failure.ts";
import { listFiles, type StoredFile } from "./listing.ts";
import { acquireLock, type LockTiming } from "./lock.ts";
import { readValue, writeValue } from "./value.ts";

/** Where `fileStore` keeps its files. */
export interface FileStoreOptions {
  /**
   * The directory of the files; it is created with mode 0700. Relative to the working directory at the time of the call.
   * Default: `vms/sessions` in the platform's place for an application's data of one user (`XDG_DATA_HOME` or
   * `~/.local/share`, `~/Library/Application Support`, `%LOCALAPPDATA%`).
   */
  readonly directory?: string;
}

/** A store of files, whose sessions can be listed: to remove those that nobody wrote for 90 days, for example. */
export interface FileStore extends SessionStore {
  /**
   * The sessions in the directory, in no order, read as you go: it costs the same for each, however many there are. What
   * this store did not write is left out; what comes or goes meanwhile may be in it or not. Values may be encrypted.
   * @throws {StoreFailed} where the directory is refused. A directory that is not there holds no sessions.
   */
  list(): AsyncIterable<StoredFile>;
}

/** Ten seconds: no healthy process stands still for so long, and `timeout` (30 s by default) leaves time for a login. */
const TIMING: LockTiming = { staleAfter: 10_000, refreshEvery: 2_000, pollEvery: 50 };

/** How often a store looks for leftovers, in ms. */
const SWEEP_EVERY = 3_600_000;

/**
 * A store on this machine's disk, for all processes of one user. Each session is a file of mode 0600, whose name is the
 * SHA-256 of its key; it is replaced at one stroke, so that a kill or a power cut leaves the old or the new value. Values
 * are in clear text: put `encryptedStore` around this store where the disk may be read by others (a backup, a shared home).
 * `expiresAt` is not looked at: the record of an ended session stays until it is replaced.
 *
 * The lock of a session works across processes: a directory holding one file, named by its holder's random token. Its
 * holder touches that file every 2 s; 10 s without a touch, and one of those who wait takes the lock over. So a holder that was
 * killed costs the others 10 s, and one that was merely suspended finds its lock lost and has its signal aborted. After a
 * laptop's sleep everybody goes on as before. It is written here because no library fits: `proper-lockfile`, the
 * best known, was last released in 2021, hooks the exit of the whole process, and lets two waiters remove each other's
 * lock when they take over a stale one.
 *
 * The directory must belong to the user of this process, and nobody else may write to it; a file must belong to that user, with
 * nobody else able to read it, and hold at most 1 MiB. Windows has neither check: there, the default directory is closed
 * to other users by its access list. Use it on a local disk: a network file system may do less than it says.
 *
 * Creating a store touches nothing.
 *
 * @throws {InvalidOptions} for an empty `directory`. Its methods throw `StoreFailed`, which says what to mend, for example
 * `chmod 700 …`.
 */
export function fileStore(options: FileStoreOptions = {}): FileStore {
  return openFileStore(options, TIMING);
}

/** A file store whose lock has other times: for tests. */
export function openFileStore(options: FileStoreOptions, timing: LockTiming): FileStore {
  const { directory } = options;
  if (directory !== undefined && (typeof directory !== "string" || directory === "" || directory.includes("\0"))) {
    throw new InvalidOptions("core", "fileStore: `directory` must be a path; leave it out for the default.");
  }
  const given = directory === undefined ? undefined : resolve(directory);
  // Callers in this process stand in line here, and only the first of them looks at the disk.
  const line = memoryStore() as Required<SessionStore>;
  let sweepFrom = Number.NEGATIVE_INFINITY;

  async function place(): Promise<string> {
    try {
      return given ?? (await defaultDirectory());
    } catch {
      throw fileFailure("this user has no home directory. Give a `directory`.");
    }
  }

  /** The directory, checked and there; and swept the first time, and then once an hour. */
  async function toWrite(): Promise<string> {
    const path = await place();
    await checkDirectory(path, true);
    if (performance.now() >= sweepFrom) {
      sweepFrom = performance.now() + SWEEP_EVERY;
      await removeLeftovers(path, LEFTOVER_AGE);
    }
    return path;
  }

  const read = (file: string) => explainFailure("read", file, () => readValue(file));

  async function remove(file: string): Promise<void> {
    await explainFailure("remove", file, async () => {
      const removed = await ignoring(
        ["ENOENT"],
        unlink(file).then(() => true),
      );
      // Else a power cut could bring back a session that was signed out.
      if (removed) await syncDirectory(dirname(file));
    });
  }

  return {
    async get(key) {
      const path = await place();
      if (!(await checkDirectory(path, false))) return undefined;
      return read(join(path, `${nameOf(key)}.session`));
    },
    async set(key, value) {
      const path = await toWrite();
      const name = nameOf(key);
      const file = join(path, `${name}.session`);
      await explainFailure("write", file, async () => {
        await writeValue(file, join(path, `${name}.${randomToken()}.tmp`), value);
        await syncDirectory(path);
      });
    },
    async delete(key) {
      const path = await place();
      if (await checkDirectory(path, false)) await remove(join(path, `${nameOf(key)}.session`));
    },
    async *list() {
      const path = await place();
      if (!(await checkDirectory(path, false))) return;
      yield* listFiles(path, {
        read: async (file) => ((await checkDirectory(path, false)) ? read(file) : undefined),
        remove: async (file) => {
          if (await checkDirectory(path, false)) await remove(file);
        },
      });
    },
    withLock(key, run, options = {}) {
      const name = nameOf(key);
      const locked = async () => {
        const path = await toWrite();
        const token = randomToken();
        const places = { lock: join(path, `${name}.lock`), candidate: join(path, `${name}.${token}.tmp`), token };
        // Only what keeps `run` from running is a failure of the store.
        const held = await explainFailure("lock", places.lock, () => acquireLock(places, timing, options.signal));
        try {
          return await run(held.lost);
        } finally {
          await held.release();
        }
      };
      return line.withLock(name, locked, options);
    },
  };
}

/** A file's name shows no vendor and no account, and is valid on every platform. */
function nameOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

function randomToken(): string {
  return randomBytes(16).toString("hex");
}
