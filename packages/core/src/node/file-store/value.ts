import { constants } from "node:fs";
import { isOpenToOthers, ownsFile } from "../private-files/file-access.ts";
import { fileErrorCode, ignoring } from "../private-files/file-error.ts";
import { quotePath } from "../private-files/quote-path.ts";
import { replaceFile } from "../private-files/replace-file.ts";
import { fileFailure, notOurs } from "./failure.ts";
import * as calls from "./promisified-fs.ts";

const MAX_VALUE_BYTES = 1_048_576;

// Follows no links and does not block on a pipe. Windows has neither flag.
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export async function readValue(path: string): Promise<string | undefined> {
  let file: number | undefined;
  try {
    file = await ignoring(["ENOENT"], calls.open(path, READ));
  } catch (error) {
    if (fileErrorCode(error) === "ELOOP" || fileErrorCode(error) === "EMLINK") throw notOurs(path, "is a link");
    throw error;
  }
  if (file === undefined) return undefined;
  try {
    return await readBounded(file, path);
  } finally {
    await calls.close(file);
  }
}

async function readBounded(file: number, path: string): Promise<string> {
  const stats = await calls.fstat(file);
  if (!stats.isFile()) throw notOurs(path, "is not a file");
  if (!ownsFile(stats)) throw notOurs(path, "belongs to another user");
  if (isOpenToOthers(stats, 0o077)) {
    const command = `chmod 600 ${quotePath(path)}`;
    throw fileFailure(`other users can read or write ${path}. Sign out of the session in it.`, {
      remedy: { id: "fix_path", path, command },
    });
  }
  if (stats.size > MAX_VALUE_BYTES) throw notOurs(path, `is larger than ${MAX_VALUE_BYTES} bytes`);
  const bytes = Buffer.alloc(stats.size);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await calls.read(file, bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length));
  } catch {
    throw notOurs(path, "is not text");
  }
}

/** @throws {StoreFailed} `store_failed` if the value is too large. Nothing is written then. */
export async function writeValue(
  path: string,
  temporary: string,
  value: string,
  beforeRename?: () => Promise<void>,
): Promise<void> {
  const bytes = Buffer.from(value, "utf8");
  if (bytes.length > MAX_VALUE_BYTES) {
    throw fileFailure(`the value has ${bytes.length} bytes, and the limit is ${MAX_VALUE_BYTES} bytes.`);
  }
  await replaceFile(path, temporary, bytes, beforeRename);
}
