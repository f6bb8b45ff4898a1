import { lstat, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { ignoring } from "../private-files/file-error.ts";
import { removeFile } from "../private-files/remove-file.ts";
import { notOurs } from "./failure.ts";

export interface LockContent {
  /** At most one, unless another program wrote there. */
  readonly tokens: readonly string[];
  readonly pending: readonly string[];
  /** Not written by this store, and never removed. */
  readonly foreign: readonly string[];
}

const TOKEN = /^[0-9a-f]{32}$/;
const PENDING = /^[0-9a-f]{32}\.value$/;

/**
 * A missing lock is empty.
 * @throws {StoreFailed} `store_failed` if it is a file, or a link, which could lead to files of others.
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

export function tokenOf(pending: string): string {
  return pending.slice(0, 32);
}

/** Removes a directory that was to become a lock, unless it contains more than its token. */
export async function removeCandidate(candidate: string, token: string): Promise<void> {
  await removeFile(join(candidate, token));
  await ignoring(["ENOENT", "ENOTEMPTY", "EEXIST"], rmdir(candidate));
}
