import { lstat, unlink } from "node:fs/promises";
import { ignoring } from "./file-error.ts";

/** Removes a regular file. Links and directories stay, because this program did not create them. */
export async function removeFile(path: string): Promise<void> {
  const stats = await ignoring(["ENOENT"], lstat(path));
  if (stats?.isFile()) await ignoring(["ENOENT"], unlink(path));
}
