import { open } from "node:fs/promises";
import { fileErrorCode } from "../private-files/file-error.ts";
import { secretFileProblem } from "../private-files/secret-file.ts";
import { unreadableFile } from "../private-files/unreadable-file.ts";
import { invalidSource } from "./invalid-source.ts";

/** The size limit, in bytes. */
const MAX_BYTES = 65_536;

/**
 * Reads a file that `secretFileProblem` accepts.
 * @param path an absolute path.
 * @param invalid creates the error. Its message quotes nothing of the file.
 * @throws {InvalidOptions} `invalid_options` if the file is missing, open to others or too large.
 */
export async function readPrivate(path: string, invalid: (what: string) => Error = invalidSource): Promise<Uint8Array> {
  const handle = await open(path, "r").catch(async (error: unknown) => {
    const code = fileErrorCode(error);
    const unreadable = await unreadableFile(path, code);
    if (unreadable !== undefined) throw invalid(`${unreadable.problem} ${unreadable.fix}`);
    throw invalid(
      code === "ENOENT"
        ? `there is no file ${path}. Create it, readable by this user only.`
        : `${path} cannot be read (${code}). Check its owner and mode.`,
    );
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw invalid(`${path} is not a file.`);
    const refused = await secretFileProblem(handle, path, stats);
    if (refused !== undefined) throw invalid(`${refused.problem} ${refused.fix}`);
    if (stats.size > MAX_BYTES) {
      throw invalid(`${path} is larger than ${MAX_BYTES} bytes, the limit for credentials.`);
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
