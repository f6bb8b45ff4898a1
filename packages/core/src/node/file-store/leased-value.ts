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
 * The value is first written *into the lock*, then the holder's file is looked for, then the value is renamed. That is safe
 * also if this process is suspended between any two of these steps:
 *
 * - A lock appears when a candidate is renamed to its name, which fails while there is a directory that is not empty. So while
 *   the pending file is in our lock, nobody else gets the lock.
 * - A waiter that takes the lock over removes the holder's file, which never returns, and then the pending file.
 * - If this process wakes up only then, its pending file gets into the next holder's lock, or nowhere. Either way the
 *   holder's file is missing, so nothing is renamed.
 * - If the holder's file was there, the pending file was written into our lock. Its rename succeeds only if it is still there,
 *   so before the next holder gets the lock. Otherwise the rename finds no file.
 *
 * @returns `false` if the lock is not held any more. Then nothing was written.
 */
export async function writeLeasedValue(path: string, place: LockPlace, value: string): Promise<boolean> {
  const directory = dirname(path);
  return explainFailure("write", path, async () => {
    if (!(await checkDirectory(directory, false))) return false;
    const isHeld = async () => void (await stat(holderFile(place)));
    // Each step needs a file that is in the lock: if one is missing, the lock is lost.
    const written = await ignoring(
      ["ENOENT"],
      writeValue(path, pendingFile(place), value, isHeld).then(() => true),
    );
    if (written !== true) return false;
    await syncDirectory(directory);
    return true;
  });
}
