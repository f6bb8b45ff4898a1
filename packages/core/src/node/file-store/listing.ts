import type { Dir, Stats } from "node:fs";
import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";
import { ignoring } from "../private-files/file-error.ts";
import { explainFailure } from "./failure.ts";

/** The file of a session in a `fileStore`. */
export interface StoredFile {
  /** The SHA-256 of the session's key, in hexadecimal. It reveals no account. */
  readonly name: string;
  /**
   * The last write, in ms since the epoch. A session with an idle timeout writes while it is used. Others write only
   * when they sign in, renew or rotate.
   */
  readonly writtenAt: number;
  /**
   * Returns the value, with the same checks as `get`, or `undefined` if the file was removed.
   * @throws {StoreFailed} `store_failed` if the file cannot be read or is open to others.
   * @example
   * const value = await file.read();
   */
  read(): Promise<string | undefined>;
  /**
   * Removes the file, unless it was removed or written since the listing: a write means that the session is in use.
   * @throws {StoreFailed} `store_failed` if the file cannot be removed.
   * @example
   * if (file.writtenAt < Date.now() - 90 * 24 * 3_600_000) await file.delete();
   */
  delete(): Promise<void>;
}

export interface FileActions {
  read(path: string): Promise<string | undefined>;
  remove(path: string): Promise<void>;
}

const OURS = /^([0-9a-f]{64})\.session$/;

/** One at a time, because there can be very many. */
export async function* listFiles(directory: string, { read, remove }: FileActions): AsyncGenerator<StoredFile> {
  // The directory can be removed between its check and this call.
  const dir = await explainFailure("list", directory, () =>
    ignoring(["ENOENT"], opendir(directory, { bufferSize: 128 })),
  );
  if (dir === undefined) return;
  try {
    for (;;) {
      const found = await explainFailure("list", directory, () => nextFile(dir, directory));
      if (found === undefined) return;
      const { name, path, stats } = found;
      yield {
        name,
        writtenAt: stats.mtimeMs,
        read: () => read(path),
        delete: async () => {
          const now = await explainFailure("look at", path, () => ignoring(["ENOENT"], lstat(path)));
          if (now !== undefined && now.ino === stats.ino && now.mtimeMs === stats.mtimeMs) await remove(path);
        },
      };
    }
  } finally {
    await dir.close();
  }
}

interface Found {
  readonly name: string;
  readonly path: string;
  readonly stats: Stats;
}

/** Skips files that this store cannot have written. */
async function nextFile(dir: Dir, directory: string): Promise<Found | undefined> {
  for (;;) {
    const entry = await dir.read();
    if (entry === null) return undefined;
    const name = OURS.exec(entry.name)?.[1];
    if (name === undefined) continue;
    const path = join(directory, entry.name);
    const stats = await ignoring(["ENOENT"], lstat(path));
    if (stats?.isFile()) return { name, path, stats };
  }
}
