import { unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { checkNames } from "../../contract/known-names.ts";
import type { SessionStore } from "../../contract/session-store.ts";
import { InvalidOptions } from "../../errors/invalid-options.ts";
import { memoryStore } from "../../store/memory-store.ts";
import { openLease } from "../../store/open-lease.ts";
import { ignoring } from "../private-files/file-error.ts";
import { checkDirectory, defaultDirectory, LEFTOVER_AGE, removeLeftovers, syncDirectory } from "./directory.ts";
import { explainFailure, fileFailure } from "./failure.ts";
import { writeLeasedValue } from "./leased-value.ts";
import { listFiles, type StoredFile } from "./listing.ts";
import { acquireLock, type LockTiming } from "./lock.ts";
import { readValue, writeValue } from "./value.ts";

/** Options of `fileStore`. */
export interface FileStoreOptions {
  /**
   * The directory of the files. It is created with mode 0700. A relative path starts at the working directory at the time
   * of the call.
   * Default: `vms/sessions` in the platform's directory for the application data of one user (`XDG_DATA_HOME` or
   * `~/.local/share`, `~/Library/Application Support`, `%LOCALAPPDATA%`).
   */
  readonly directory?: string;
}

/** A store of files whose sessions can be listed, for example to remove those that were last written 90 days ago. */
export interface FileStore extends SessionStore {
  /**
   * Lists the sessions in the directory, in no order. It reads the directory step by step, so each session costs the same.
   * Files of other programs are left out. Sessions that are added or removed meanwhile may be left out. Values may be encrypted.
   * @throws {StoreFailed} `store_failed` if the directory cannot be read or is open to others. A directory that does not
   * exist contains no sessions.
   * @example
   * const oldest = Date.now() - 90 * 24 * 3_600_000;
   * for await (const file of store.list()) if (file.writtenAt < oldest) await file.delete();
   */
  list(): AsyncIterable<StoredFile>;
}

/** No healthy process stops for 10 s, and `timeout` (30 s by default) then leaves time for a login. */
const TIMING: LockTiming = { staleAfter: 10_000, refreshEvery: 2_000, pollEvery: 50 };

/** How often a store looks for leftovers, in ms. */
const SWEEP_EVERY = 3_600_000;

/**
 * Creates a store on this machine's disk, for all processes of one user. Creating it does no I/O.
 *
 * Each session is a file of mode 0600, named by the SHA-256 of its key. The file is replaced in one step, so a kill or a
 * power cut leaves the old or the new value. Values are in clear text: put `encryptedStore` around this store if others can
 * read the disk (a backup, a shared home). `expiresAt` is ignored: the record of an expired session stays until it is
 * replaced.
 *
 * The lock of a session works across processes. It is a directory with one file, named by its holder's random token. The
 * holder touches that file every 2 s. After 10 s without a touch, a waiter takes the lock over. So a holder that was killed
 * costs the others 10 s. A holder that was suspended finds that its lock is lost: its signal aborts, and its lease writes
 * nothing. After a laptop's sleep every process continues as before. The lock is written here because no library fits:
 * `proper-lockfile`, the best known, was last released in 2021 and hooks the exit of the whole process. Two of its waiters can
 * remove each other's lock when they take over a stale one.
 *
 * The directory must belong to the user of this process, and no other user may write to it. A file must belong to that user,
 * and no other user may read it. It contains at most 1 MiB (1,048,576 bytes). Windows has neither check: there, the access
 * list of the default directory keeps other users out. Use a local disk: a network file system may not keep these promises.
 *
 * The store's methods reject with `StoreFailed` (`store_failed`). The message says how to fix the problem, for example
 * `chmod 700 …`.
 * @throws {InvalidOptions} `invalid_options` for an unknown option, and for a `directory` that is empty or malformed.
 * @example
 * const session = createAcmeSession({ baseUrl, credentials, store: fileStore() });
 */
export function fileStore(options: FileStoreOptions = {}): FileStore {
  return openFileStore(options, TIMING);
}

/** Opens a file store whose lock has other times, for tests. */
export function openFileStore(options: FileStoreOptions, timing: LockTiming): FileStore {
  checkNames("core", options, { directory: true } satisfies Record<keyof FileStoreOptions, true>, "fileStore");
  const { directory } = options;
  if (directory !== undefined && (typeof directory !== "string" || directory === "" || directory.includes("\0"))) {
    throw new InvalidOptions("core", "fileStore: `directory` must be a path. Omit it for the default.");
  }
  const given = directory === undefined ? undefined : resolve(directory);
  // Callers in this process wait here, so that only one of them waits at the disk.
  const line = memoryStore() as Required<SessionStore>;
  let sweepFrom = Number.NEGATIVE_INFINITY;

  async function place(): Promise<string> {
    try {
      return given ?? (await defaultDirectory());
    } catch {
      throw fileFailure("this user has no home directory.", { remedy: { id: "choose_directory" } });
    }
  }

  /** Checks the directory and creates it. Removes leftovers the first time, and then once an hour. */
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
      // Without this, a power cut could bring back a session that was signed out.
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
        const place = { lock: join(path, `${name}.lock`), candidate: join(path, `${name}.${token}.tmp`), token };
        // An error of `run` itself is not a failure of the store.
        const held = await explainFailure("lock", place.lock, () => acquireLock(place, timing, options.signal));
        const { lease, end } = openLease(key, held.lost, {
          write: (value) => writeLeasedValue(join(path, `${name}.session`), place, value),
          failure: (problem, retryable) => fileFailure(problem, { retryable }),
        });
        try {
          return await run(lease);
        } finally {
          await end();
          await held.release();
        }
      };
      return line.withLock(name, locked, options);
    },
  };
}

/** The name of a file shows no vendor and no account, and is valid on every platform. */
function nameOf(key: string): string {
  return nodeCrypto().createHash("sha256").update(key).digest("hex");
}

function randomToken(): string {
  return nodeCrypto().randomBytes(16).toString("hex");
}

// Loaded late, because many programs of this entry use no file store.
const nodeCrypto = () => process.getBuiltinModule("node:crypto");
