import { lstat, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { ignoring } from "../private-files/file-error.ts";
import { removeFile } from "../private-files/remove-file.ts";
import { notOurs } from "./failure.ts";

/** What is in the directory of a lock. */
export interface LockContent {
  /** The files of holders: at most one, unless somebody else wrote there. */
  readonly tokens: readonly string[];
  /** The files of values that holders are writing. */
  readonly pending: readonly string[];
  /** What this store did not write, and therefore never removes. */
  readonly foreign: readonly string[];
}

const TOKEN = /^[0-9a-f]{32}$/;
const PENDING = /^[0-9a-f]{32}\.value$/;

/**
 * Reads the directory of a lock. A lock that does not exist is empty.
 * @throws {StoreFailed} `store_failed` if it is a link or a file. A link is never followed: it leads to files of others.
 */
export async function readLock(lock: string): Promise<LockContent> {
  const stats = await ignoring(["ENOENT"], lstat(lock));
  if (stats?.isSymbolicLink()) throw notOurs(lock, "is a link");
  if (stats !== undefined && !stats.isDirectory()) throw notOurs(lock, "is not a directory");
  const entries =
    stats === undefined ? [] : ((await ignoring(["ENOENT"], readdir(lock, { withFileTypes: true }))) ?? []);
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const tokens = files.filter((name) => TOKEN.test(name));
  const pending = files.filter((name) => PENDING.test(name));
  const ours = new Set([...tokens, ...pending]);
  return { tokens, pending, foreign: entries.map(({ name }) => name).filter((name) => !ours.has(name)) };
}

/** The token in the name of a pending file. */
export function tokenOf(pending: string): string {
  return pending.slice(0, 32);
}

/** Removes a directory that was made to become a lock. It stays if it contains anything but its token. */
export async function removeCandidate(candidate: string, token: string): Promise<void> {
  await removeFile(join(candidate, token));
  await ignoring(["ENOENT", "ENOTEMPTY", "EEXIST"], rmdir(candidate));
}
