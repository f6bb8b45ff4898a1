import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isOpenToOthers, ownsFile } from "../private-files/file-access.ts";
import { ignoring } from "../private-files/file-error.ts";
import { makeDirectory } from "../private-files/make-directory.ts";
import { quotePath } from "../private-files/quote-path.ts";
import { removeFile } from "../private-files/remove-file.ts";
import { explainFailure, fileFailure } from "./failure.ts";
import { readLock, removeCandidate } from "./lock-content.ts";
import { stat } from "./promisified-fs.ts";

/** In ms. A write takes far less. */
export const LEFTOVER_AGE: number = 10 * 60_000;

/**
 * Per user and on this machine: `~/.local/share/vms/sessions` or below `XDG_DATA_HOME`,
 * `~/Library/Application Support/vms/sessions`, `%LOCALAPPDATA%\vms\Data\sessions`.
 */
export async function defaultDirectory(): Promise<string> {
  // Loading it looks up the home directory and fails if there is none.
  const { default: envPaths } = await import("env-paths");
  return join(envPaths("vms", { suffix: "" }).data, "sessions");
}

/**
 * Checks that no other user can put files into the directory.
 * @param create whether to create a missing directory, with mode 0700.
 * @returns whether the directory exists.
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

/** Makes directory entries survive a power cut, if the platform can. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    // Some network file systems do not support it.
    await ignoring(["EINVAL", "ENOTSUP", "EPERM"], handle.sync());
  } finally {
    await handle.close();
  }
}

const LEFTOVER = /^[0-9a-f]{64}\.([0-9a-f]{32})\.tmp$/;
const LOCK = /^[0-9a-f]{64}\.lock$/;

/**
 * Removes what killed writers and waiters left, and pending values in locks, but no locks or foreign files. Ignores
 * errors.
 * @param olderThan ms since the last write.
 */
export async function removeLeftovers(directory: string, olderThan: number): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name);
    const token = LEFTOVER.exec(name)?.[1];
    if (token !== undefined) await removeLeftover(path, token, olderThan).catch(() => {});
    if (!LOCK.test(name)) continue;
    const pending = await readLock(path).then(
      (content) => content.pending,
      () => [],
    );
    for (const value of pending) await removeLeftover(join(path, value), value, olderThan).catch(() => {});
  }
}

async function removeLeftover(path: string, token: string, olderThan: number): Promise<void> {
  const stats = await lstat(path);
  if (Date.now() - stats.mtimeMs <= olderThan) return;
  await (stats.isDirectory() ? removeCandidate(path, token) : removeFile(path));
}
