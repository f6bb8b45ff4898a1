import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { chmod, open, readdir, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { CliError, usage } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { makeDirectory } from "./make-directory.ts";

/** Who else may do what with a file: `"private"`: nothing; `"public"`: read it, as there is no secret in it. */
export type Openness = "private" | "public";

/**
 * Reads a file that nobody else may change, nor read where it is private; `undefined` where there is none. It is small, and
 * read at once: whoever only reads does without `node:fs/promises`, which takes longer to load.
 */
export async function readPrivate(path: string, openness: Openness = "private"): Promise<string | undefined> {
  try {
    checkDirectory(dirname(path));
    const stats = statSync(path);
    if (!stats.isFile()) throw usage(`${path} is not a file.`, "Remove it, or name another place by VMS_HOME.");
    const { mode, uid } = stats;
    const others = openness === "private" ? 0o077 : 0o022;
    if (process.platform !== "win32" && (mode & others) !== 0) {
      const what = openness === "private" ? "read or write" : "write to";
      throw usage(`others can ${what} ${path}.`, `Close it: chmod 600 ${quoted(path)}`);
    }
    const user = process.geteuid?.();
    if (user !== undefined && uid !== user && uid !== 0) {
      throw usage(`${path} belongs to another user.`, `Make it yours with chown, or remove it.`);
    }
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw explained("read", path, error);
  }
}

/**
 * Replaces a file of mode 0600 at one stroke, in a directory of mode 0700: whoever reads, also after a kill, gets the old
 * or the new text. What is written is read first, so that all of it must happen in `withConfigurationLock`.
 */
export async function writePrivate(path: string, text: string): Promise<void> {
  try {
    makeDirectory(dirname(path));
    checkDirectory(dirname(path));
    // Who keeps the file elsewhere, behind a link, finds it there still.
    const target = await realpath(path).catch(() => path);
    await removeLeftovers(target);
    await replace(target, text);
  } catch (error) {
    throw explained("write", path, error);
  }
}

/** Who can write in a directory can put another file in place of one that they cannot write. */
function checkDirectory(path: string): void {
  if (process.platform === "win32") return;
  const stats = statSync(path);
  const { mode, uid } = stats;
  if (!stats.isDirectory()) throw usage(`${path} is not a directory.`, "Name another place by VMS_HOME.");
  const user = process.geteuid?.();
  if ((mode & 0o022) !== 0) {
    // One like /tmp is for all, and not to be closed to them.
    const isShared = uid !== user || (mode & 0o1000) !== 0;
    const hint = isShared ? "Name a directory of your own by VMS_HOME." : `Close it: chmod 700 ${quoted(path)}`;
    throw usage(`others can write in ${path}.`, hint);
  }
  if (uid === user || uid === 0) return;
  throw usage(`${path} belongs to another user.`, "Make it yours with chown, or name another place by VMS_HOME.");
}

async function replace(target: string, text: string): Promise<void> {
  const temporary = `${target}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (process.platform !== "win32") await chmod(temporary, 0o600);
    await renameOver(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Windows refuses to replace a file for as long as somebody reads it: a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const busy = process.platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(codeOf(error) ?? "");
      if (!busy || attempt === 20) throw error;
      await delay(attempt * 5);
    }
  }
}

/** What a writer that was killed left behind may hold a secret. There is no other writer now. */
async function removeLeftovers(target: string): Promise<void> {
  const start = `${basename(target)}.`;
  const names = await readdir(dirname(target)).catch(() => []);
  const leftovers = names.filter(
    (name) => name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length)),
  );
  await Promise.all(leftovers.map((name) => rm(join(dirname(target), name), { force: true })));
}

function explained(doing: string, path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof CliError || code === undefined) return error;
  const hint = ["ENOSPC", "EDQUOT"].includes(code) ? "Free some space on that disk." : "Check its owner and its mode.";
  return new CliError(EXIT.failed, `could not ${doing} ${path} (${code}).`, hint);
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./~+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
