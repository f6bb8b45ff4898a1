import { lstat, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { isOpenToOthers, ownsFile } from "../private-files/file-access.ts";
import { ignoring } from "../private-files/file-error.ts";
import { makeDirectory } from "../private-files/make-directory.ts";
import { quotePath } from "../private-files/quote-path.ts";
import { explainFailure, fileFailure } from "./failure.ts";
import { PENDING } from "./lock.ts";
import { stat } from "./promisified-fs.ts";

/** How old a leftover temporary file is before it is removed, in ms. A write takes far less. */
export const LEFTOVER_AGE: number = 10 * 60_000;

/**
 * The platform's directory for application data, which is per user and stays on this machine:
 * `~/.local/share/vms/sessions` or below `XDG_DATA_HOME`, `~/Library/Application Support/vms/sessions`,
 * `%LOCALAPPDATA%\vms\Data\sessions`.
 */
export async function defaultDirectory(): Promise<string> {
  // Loaded late: loading it looks up the home directory, and fails if there is none.
  const { default: envPaths } = await import("env-paths");
  return join(envPaths("vms", { suffix: "" }).data, "sessions");
}

/**
 * Checks that no other user can put files into the directory.
 * @param create whether to create a missing directory, with mode 0700.
 * @returns whether the directory exists.
 * @throws {StoreFailed} `store_failed` if they can, or if the directory cannot be used. The message says how to fix it.
 */
export async function checkDirectory(path: string, create: boolean): Promise<boolean> {
  let stats = await explainFailure("look at", path, () => ignoring(["ENOENT"], stat(path)));
  if (stats === undefined && create) {
    await explainFailure("create", path, async () => makeDirectory(path));
    stats = await explainFailure("look at", path, () => stat(path));
  }
  if (stats === undefined) return false;
  if (!stats.isDirectory()) throw fileFailure(`${path} is not a directory.`, { remedy: { id: "choose_directory" } });
  const { uid } = stats;
  if (!(await explainFailure("check the owner of", path, async () => ownsFile({ uid })))) {
    throw fileFailure(`${path} belongs to another user.`, { remedy: { id: "fix_path", path } });
  }
  if (isOpenToOthers(stats, 0o022)) {
    const command = `chmod 700 ${quotePath(path)}`;
    throw fileFailure(`other users can write to ${path}.`, { remedy: { id: "fix_path", path, command } });
  }
  return true;
}

/** Makes a directory's entries survive a power cut, if the platform can. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    // Some network file systems cannot.
    await ignoring(["EINVAL", "ENOTSUP", "EPERM"], handle.sync());
  } finally {
    await handle.close();
  }
}

const LEFTOVER = /^[0-9a-f]{64}\.[0-9a-f]{32}\.tmp$/;
const LOCK = /^[0-9a-f]{64}\.lock$/;

/**
 * Removes what killed writers and waiters left in the directory, and pending values in its locks. It leaves the locks
 * themselves alone. Its failure is not a failure of the store.
 * @param olderThan ms since the last write.
 */
export async function removeLeftovers(directory: string, olderThan: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  const leftovers = names.filter((name) => LEFTOVER.test(name)).map((name) => join(directory, name));
  for (const name of names.filter((one) => LOCK.test(one))) {
    const lock = join(directory, name);
    const inside = await readdir(lock).catch(() => []);
    leftovers.push(...inside.filter((one) => PENDING.test(one)).map((one) => join(lock, one)));
  }
  for (const path of leftovers) {
    const stats = await lstat(path).catch(() => undefined);
    if (stats === undefined || Date.now() - stats.mtimeMs <= olderThan) continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
