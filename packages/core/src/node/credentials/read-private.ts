import { open } from "node:fs/promises";
import process from "node:process";
import { isOpenToOthers } from "../private-files/file-access.ts";
import { fileErrorCode } from "../private-files/file-error.ts";
import { quotePath } from "../private-files/quote-path.ts";
import { invalidSource } from "./invalid-source.ts";

/** The size limit of a file with a secret, in bytes. */
const MAX_BYTES = 65_536;

/**
 * Reads a file of UTF-8 text that other users can neither read nor write. A byte order mark is removed.
 * @param path an absolute path.
 * @param invalid creates the error. Its message says what is wrong, and contains nothing of the file.
 * @throws {InvalidOptions} `invalid_options` if the file is missing, open to others, too large or not UTF-8.
 */
export async function readPrivate(path: string, invalid: (what: string) => Error = invalidSource): Promise<string> {
  const handle = await open(path, "r").catch((error: unknown) => {
    const code = fileErrorCode(error);
    throw invalid(
      code === "ENOENT"
        ? `there is no file ${path}. Create it, readable by this user only.`
        : `${path} cannot be read (${code}). Check its owner and mode.`,
    );
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw invalid(`${path} is not a file.`);
    const uid = process.geteuid?.();
    if (uid !== undefined && stats.uid !== uid && stats.uid !== 0) {
      throw invalid(`${path} belongs to another user. Make it yours with chown, or copy it.`);
    }
    // A mounted secret has mode 0440, so the group may read.
    if (isOpenToOthers(stats, 0o027)) {
      throw invalid(
        `others than its owner can read or write ${path}. Change the password, if it was real, and close the file: chmod 600 ${quotePath(path)}`,
      );
    }
    if (stats.size > MAX_BYTES) {
      throw invalid(`${path} is larger than ${MAX_BYTES} bytes, so it holds no credentials.`);
    }
    const text = decodeUtf8(await handle.readFile());
    if (text === undefined) throw invalid(`${path} is not UTF-8 text. Save it as UTF-8.`);
    return text;
  } finally {
    await handle.close();
  }
}

/** Decodes UTF-8, and removes a byte order mark. Returns `undefined` if the bytes are not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    // Without `fatal`, replacement characters would make a wrong password.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
