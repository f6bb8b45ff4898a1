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
   * The directory of the files, created with mode 0700. A relative path is resolved when `fileStore` is called.
   * Default: `vms/sessions` in the user's application data directory (`XDG_DATA_HOME` or `~/.local/share`,
   * `~/Library/Application Support`, `%LOCALAPPDATA%`).
   */
  readonly directory?: string;
}

/** A file store that can list its sessions, for example to remove those not written for 90 days. */
export interface FileStore extends SessionStore {
  /**
   * Lists the sessions in no particular order. It reads the directory step by step, so the cost per session is
   * constant. Files of other programs are skipped, and sessions added or removed meanwhile may be missing. Values may
   * be encrypted. A missing directory contains no sessions.
   * @throws {StoreFailed} `store_failed` if the directory cannot be read or is open to others.
   * @example
   * const oldest = Date.now() - 90 * 24 * 3_600_000;
   * for await (const file of store.list()) if (file.writtenAt < oldest) await file.delete();
   */
  list(): AsyncIterable<StoredFile>;
}

/** No healthy process pauses for 10 s. Then 20 s of the default `timeout` are left for a login. */
const TIMING: LockTiming = { staleAfter: 10_000, refreshEvery: 2_000, pollEvery: 50 };

/** How often leftovers are removed, in ms. */
const SWEEP_EVERY = 3_600_000;

/**
 * Creates a store on the local disk, shared by all processes of one user. The call itself does no I/O.
 *
 * Each session is a file of mode 0600, named by the SHA-256 of its key. Writes are atomic: a kill or a power cut leaves
 * the old or the new value. Values are plain text: wrap the store in `encryptedStore` if others can read the disk (a
 * backup, a shared home directory). `expiresAt` is ignored: an expired record stays until it is replaced.
 *
 * Locks work across processes. The holder touches its lock every 2 s. A waiter takes over a lock not touched for 10 s,
 * for example of a killed process. A holder suspended for longer loses its lock: its lease's signal aborts, and its
 * lease writes nothing.
 *
 * The directory and the files must belong to the current user. No other user may write to the directory or read a file.
 * A file contains at most 1 MiB (1,048,576 bytes). Windows has no such modes: there, the access list of the default
 * directory keeps other users out. Use a local disk, because network file systems may not support these guarantees.
 *
 * The store rejects with `StoreFailed` (`store_failed`). The message says how to fix the problem, such as
 * `chmod 700 …`.
 * @throws {InvalidOptions} `invalid_options` if an option is unknown, or `directory` is empty or malformed.
 * @see docs/stores.md
 * @example
 * const session = createAcmeSession({ baseUrl, credentials, store: fileStore() });
 */
export function fileStore(options: FileStoreOptions = {}): FileStore {
  return openFileStore(options, TIMING);
}

/** Opens a file store with other lock times, for tests. */
export function openFileStore(options: FileStoreOptions, timing: LockTiming): FileStore {
  checkNames("core", options, { directory: true } satisfies Record<keyof FileStoreOptions, true>, "fileStore");
  const { directory } = options;
  if (directory !== undefined && (typeof directory !== "string" || directory === "" || directory.includes("\0"))) {
    throw new InvalidOptions("core", "fileStore: `directory` must be a path. Omit it for the default.");
  }
  const given = directory === undefined ? undefined : resolve(directory);
  // Callers in this process wait here, so that only one of them polls the disk.
  const line = memoryStore() as Required<SessionStore>;
  let sweepFrom = Number.NEGATIVE_INFINITY;

  async function place(): Promise<string> {
    try {
      return given ?? (await defaultDirectory());
    } catch {
      throw fileFailure("this user has no home directory.", { remedy: { id: "choose_directory" } });
    }
  }

  /** Removes leftovers at most once an hour. */
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
      // Otherwise a power cut could restore a session that was signed out.
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
        // An error of `run` is not a failure of the store.
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

/** Valid on every platform, and reveals no vendor and no account. */
function nameOf(key: string): string {
  return nodeCrypto().createHash("sha256").update(key).digest("hex");
}

function randomToken(): string {
  return nodeCrypto().randomBytes(16).toString("hex");
}

// Loaded late, because many programs of this entry use no file store.
const nodeCrypto = () => process.getBuiltinModule("node:crypto");
