import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { open, readdir, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import {
  decodeText,
  fileErrorCode,
  hasModes,
  makeDirectory,
  type Openness,
  quotePath,
  removeFile,
  replaceFile,
  secretFileProblem,
  unreadableFile,
} from "@vms/core/internal/node";
import { CliError, usage } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { notUtf8 } from "./read-text.ts";

/**
 * Reads a file that only its owner may change. If it is private, it must keep the library's rule for files with secrets.
 * Returns `undefined` if there is none.
 */
export async function readPrivate(path: string, openness: Openness = "private"): Promise<string | undefined> {
  try {
    checkDirectory(dirname(path));
    const handle = await open(path, "r");
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw usage(`${path} is not a file.`, "Remove it, or set VMS_HOME to another directory.");
      const refused = await secretFileProblem(handle, path, stats, openness);
      if (refused !== undefined) throw usage(refused.problem, refused.fix);
      return decodeText(await handle.readFile(), (what) => notUtf8(path, what));
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === "ENOENT") return undefined;
    const unreadable = await unreadableFile(path, code);
    if (unreadable !== undefined) throw usage(unreadable.problem, unreadable.fix);
    throw explained("read", path, error);
  }
}

/**
 * Replaces a file of mode 0600, in a directory of mode 0700, in one step. Call it in `withConfigurationLock`, together
 * with the read that the new text is based on.
 */
export async function writePrivate(path: string, text: string): Promise<void> {
  try {
    makeDirectory(dirname(path));
    checkDirectory(dirname(path));
    // A user can keep the file elsewhere and link to it.
    const target = await realpath(path).catch(() => path);
    await removeLeftovers(target);
    await replaceFile(target, `${target}.${randomBytes(6).toString("hex")}.tmp`, text);
  } catch (error) {
    throw explained("write", path, error);
  }
}

/** A user who can write in a directory can replace files that they cannot write. */
function checkDirectory(path: string): void {
  if (!hasModes()) return;
  const stats = statSync(path);
  const { mode, uid } = stats;
  if (!stats.isDirectory()) throw usage(`${path} is not a directory.`, "Set VMS_HOME to another directory.");
  const user = process.geteuid?.();
  if ((mode & 0o022) !== 0) {
    // A directory such as /tmp must stay open to others.
    const isShared = uid !== user || (mode & 0o1000) !== 0;
    const hint = isShared ? "Set VMS_HOME to your own directory." : `Restrict it: chmod 700 ${quotePath(path)}`;
    throw usage(`other users can write to ${path}.`, hint);
  }
  if (uid === user || uid === 0) return;
  throw usage(`${path} belongs to another user.`, "Change its owner with chown, or set VMS_HOME to another directory.");
}

/** The file of a killed writer can hold a secret. Under the lock there is no other writer. */
async function removeLeftovers(target: string): Promise<void> {
  const start = `${basename(target)}.`;
  const names = await readdir(dirname(target)).catch(() => []);
  const leftovers = names.filter(
    (name) => name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length)),
  );
  await Promise.all(leftovers.map((name) => removeFile(join(dirname(target), name))));
}

function explained(doing: string, path: string, error: unknown): unknown {
  const code = fileErrorCode(error);
  if (error instanceof CliError || code === "unknown") return error;
  const hint = ["ENOSPC", "EDQUOT"].includes(code) ? "Free some space on that disk." : "Check its owner and its mode.";
  return new CliError(EXIT.failed, `could not ${doing} ${path} (${code}).`, hint);
}
