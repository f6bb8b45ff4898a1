import { open, rename, rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { fileErrorCode } from "./file-error.ts";

/**
 * Replaces a file of mode 0600 in one step: a reader, even after a kill or a power cut, gets the old or the new content.
 * @param temporary a path on the same file system that nobody else uses. It is removed if the replacement fails.
 * @param beforeRename is called when the new content is on the disk. If it throws, nothing is replaced.
 */
export async function replaceFile(
  path: string,
  temporary: string,
  content: string | Uint8Array,
  beforeRename?: () => Promise<void>,
): Promise<void> {
  // If this fails, there is a file of that name already, which is not ours to remove.
  const handle = await open(temporary, "wx", 0o600);
  try {
    try {
      // A umask can only have closed the file further than its owner needs.
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

/** Windows refuses to replace a file while another process reads it, which takes a moment. */
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
