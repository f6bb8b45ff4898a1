import { lstat, unlink } from "node:fs/promises";
import { ignoring } from "./file-error.ts";

/** Removes a file, if it is one. A link or a directory of that name stays: this program did not make it. */
export async function removeFile(path: string): Promise<void> {
  const stats = await ignoring(["ENOENT"], lstat(path));
  if (stats?.isFile()) await ignoring(["ENOENT"], unlink(path));
}
