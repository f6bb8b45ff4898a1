import { open, rename, rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { fileErrorCode } from "./file-error.ts";

/**
 * Replaces a file atomically, with mode 0600. After a kill or a power cut it has the old or the new content.
 * @param temporary an unused path on the same file system. Removed after a failure.
 * @param beforeRename called when the new content is on disk. If it throws, nothing is replaced.
 */
export async function replaceFile(
  path: string,
  temporary: string,
  content: string | Uint8Array,
  beforeRename?: () => Promise<void>,
): Promise<void> {
  // Fails if the file exists, which is then not ours to remove.
  const handle = await open(temporary, "wx", 0o600);
  try {
    try {
      // A umask may have removed permissions that the owner needs.
      await handle.chmod(0o600);
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await beforeRename?.();
    await renameOver(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** Windows briefly refuses to replace a file that another process is reading. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const busy = process.platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(fileErrorCode(error));
      if (!busy || attempt === 20) throw error;
      await delay(attempt * 5);
    }
  }
}
