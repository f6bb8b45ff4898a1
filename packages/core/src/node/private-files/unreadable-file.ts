import { stat } from "node:fs/promises";
import { hasModes } from "./file-access.ts";
import { quotePath } from "./quote-path.ts";
import type { FileProblem } from "./secret-file.ts";

/**
 * Explains why an existing file cannot be opened.
 * @returns `undefined` if neither owner, mode nor parent directory is the reason.
 */
export async function unreadableFile(path: string, code: string): Promise<FileProblem | undefined> {
  if (!hasModes() || !["EACCES", "EPERM"].includes(code)) return undefined;
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) {
    return {
      problem: `${path} cannot be read: this user has no access to a directory above it.`,
      fix: "Check the owners and modes of these directories.",
    };
  }
  if (stats.uid !== process.geteuid?.()) {
    return {
      problem: `${path} cannot be read: it belongs to another user.`,
      fix: "Make it yours with chown, or copy it.",
    };
  }
  return {
    problem: `${path} cannot be read: its mode does not let its owner read it.`,
    fix: `Let its owner read it: chmod u+r ${quotePath(path)}`,
  };
}
