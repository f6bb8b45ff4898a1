import type { Stats } from "node:fs";
import { type FileHandle, realpath, stat } from "node:fs/promises";
import { isOpenToOthers } from "./file-access.ts";
import { fileErrorCode } from "./file-error.ts";
import { quotePath } from "./quote-path.ts";

/** Who may read a file: owner and group (`"private"`), or everyone (`"public"`). */
export type Openness = "private" | "public";

export interface FileProblem {
  readonly problem: string;
  readonly fix: string;
}

const RULE =
  "A file with secrets must be closed to other users, unless it is below /run/secrets or on a read-only mount.";

/**
 * Checks an open file with secrets. It must belong to this user or root, and only its owner and group may read it.
 * Files below `/run/secrets` or on a read-only mount are exempt, because Docker and Kubernetes mount secrets that
 * everyone in the container can read.
 * @param openness `"public"` for a file without secrets.
 * @returns `undefined` if the file is accepted.
 */
export async function secretFileProblem(
  handle: FileHandle,
  path: string,
  stats: Stats,
  openness: Openness = "private",
): Promise<FileProblem | undefined> {
  const user = process.geteuid?.();
  const isForeign = user !== undefined && stats.uid !== user && stats.uid !== 0;
  const isOpen = isOpenToOthers(stats, openness === "private" ? 0o027 : 0o022);
  if (!(isForeign || isOpen) || (await isMounted(handle, path, stats))) return undefined;
  if (isForeign) {
    return { problem: `${path} belongs to another user.`, fix: "Make it yours with chown, or copy it." };
  }
  const quoted = quotePath(path);
  const close = stats.uid === user ? `chmod 600 ${quoted}` : `chown ${user} ${quoted} && chmod 600 ${quoted}`;
  return openness === "public"
    ? { problem: `other users can write to ${path}.`, fix: `Restrict it: ${close}` }
    : {
        problem: `users other than its owner can read or write ${path}. ${RULE}`,
        fix: `Change the secret if it was real, and restrict the file: ${close}`,
      };
}

/** Whether the file was mounted, so that its mode and owner are not this user's choice. */
async function isMounted(handle: FileHandle, path: string, stats: Stats): Promise<boolean> {
  try {
    // Without an owner and a group it changes nothing. Only a read-only mount refuses it.
    await handle.chown(-1, -1);
  } catch (error) {
    if (fileErrorCode(error) === "EROFS") return true;
  }
  try {
    const real = await realpath(path);
    if (!real.startsWith("/run/secrets/")) return false;
    // The path may lead to another file by now.
    const { dev, ino } = await stat(real);
    return dev === stats.dev && ino === stats.ino;
  } catch {
    return false;
  }
}
