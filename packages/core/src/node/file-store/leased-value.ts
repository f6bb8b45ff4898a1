import { dirname } from "node:path";
import { ignoring } from "../private-files/file-error.ts";
import { checkDirectory, syncDirectory } from "./directory.ts";
import { explainFailure } from "./failure.ts";
import { holderFile, type LockPlace, pendingFile } from "./lock.ts";
import { stat } from "./promisified-fs.ts";
import { writeValue } from "./value.ts";

/**
 * Replaces the file of a value, if the lock at `place` is still held.
 *
 * It writes the value *into the lock*, looks for the holder's file, then renames the value. This is safe even if the
 * process is suspended in between:
 *
 * - A candidate becomes a lock by a rename, which fails onto a directory that is not empty. So nobody else gets the
 *   lock while it contains the pending file.
 * - A takeover removes the holder's file, which never returns, and then the pending file. A process that then wakes up
 *   writes into the next holder's lock, or nowhere, and renames nothing without its holder's file.
 * - If the holder's file was there, the pending file is in this process's lock. Its rename succeeds only before the
 *   next holder gets the lock; after that there is no such file.
 *
 * @returns `false` if the lock was lost and nothing was written.
 */
export async function writeLeasedValue(path: string, place: LockPlace, value: string): Promise<boolean> {
  const directory = dirname(path);
  return explainFailure("write", path, async () => {
    if (!(await checkDirectory(directory, false))) return false;
    const isHeld = async () => void (await stat(holderFile(place)));
    // Each step needs a file in the lock: without it, the lock is lost.
    const written = await ignoring(
      ["ENOENT"],
      writeValue(path, pendingFile(place), value, isHeld).then(() => true),
    );
    if (written !== true) return false;
    await syncDirectory(directory);
    return true;
  });
}
