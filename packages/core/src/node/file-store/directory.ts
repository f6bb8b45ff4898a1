import { lstat, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { isOpenToOthers, ownsFile } from "../private-files/file-access.ts";
import { ignoring } from "../private-files/file-error.ts";
import { makeDirectory } from "../private-files/make-directory.ts";
import { quotePath } from "../private-files/quote-path.ts";
import { explainFailure, fileFailure } from "./failure.ts";
import { stat } from "./promisified-fs.ts";

/** How old a leftover temporary file is before it is removed, in ms. A write takes far less. */
export const LEFTOVER_AGE: number = 10 * 60_000;

/**
 * The platform's place for an application's data, which is per user and stays on this machine:
 * `~/.local/share/vms/sessions` or below `XDG_DATA_HOME`, `~/Library/Application Support/vms/sessions`,
 * `%LOCALAPPDATA%\vms\Data\sessions`.
 */
export async function defaultDirectory(): Promise<string> {
  // Only when it is needed: loading it asks for the home directory, and fails where there is none.
  const { default: envPaths } = await import("env-paths");
  return join(envPaths("vms", { suffix: "" }).data, "sessions");
}

/**
 * Checks that nobody else can put files into the directory.
 * @param create whether to create it, with mode 0700, where it is absent.
 * @returns whether it is there.
 * @throws {StoreFailed} that says how to mend it.
 */
export async function checkDirectory(path: string, create: boolean): Promise<boolean> {
  let stats = await explainFailure("look at", path, () => ignoring(["ENOENT"], stat(path)));
  if (stats === undefined && create) {
    await explainFailure("create", path, async () => makeDirectory(path));
    stats = await explainFailure("look at", path, () => stat(path));
  }
  if (stats === undefined) return false;
  if (!stats.isDirectory()) throw fileFailure(`${path} is not a directory. Give another \`directory\`.`);
  if (!ownsFile(stats)) {
    throw fileFailure(`${path} belongs to another user. Give another \`directory\`, or make it yours with \`chown\`.`);
  }
  if (isOpenToOthers(stats, 0o022)) {
    throw fileFailure(`others can write to ${path}. Close it: chmod 700 ${quotePath(path)}`);
  }
  return true;
}

/** Makes a directory's entries survive a power cut, where the platform can. */
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

/** Removes what killed writers and waiters left behind. Failing at it is no failure of the store. */
export async function removeLeftovers(directory: string, olderThan: number): Promise<void> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => LEFTOVER.test(name));
  for (const name of names) {
    const path = join(directory, name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats === undefined || Date.now() - stats.mtimeMs <= olderThan) continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
