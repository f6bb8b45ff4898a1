import { open } from "node:fs/promises";
import { extname, resolve } from "node:path";
import process from "node:process";
import { parseEnv } from "node:util";
import type { Credentials } from "../../contract/credentials.ts";
import { isOpenToOthers } from "../private-files/file-access.ts";
import { fileErrorCode } from "../private-files/file-error.ts";
import { quotePath } from "../private-files/quote-path.ts";
import { checkVariablePrefix, credentialsFromVariables, invalidSource } from "./credentials-from-variables.ts";

/** The largest file of credentials, in bytes. */
const MAX_BYTES = 65_536;

/**
 * Credentials out of a file, read at each login. A file whose name ends in `.json` holds
 * `{ "username": …, "password": … }`; any other is read as dotenv, with lines `USERNAME=` and `PASSWORD=`, or
 * `<prefix>_USERNAME=` and `<prefix>_PASSWORD=` where a prefix is given. At most 64 KiB (65,536 bytes).
 *
 * Others must not be able to read it, nor its group to write it (`chmod 600`; a mounted secret's 0440 passes), and it must
 * belong to the user of this process or to root. Windows has no such modes, and neither check.
 *
 * @param path relative to the working directory at the time of this call.
 * @throws {InvalidOptions} (`invalid_options`) for a missing path. The function returned throws it for a file that is
 * absent, open to others, too large or not of this form: it names the file and what to do, and none of its contents.
 */
export function credentialsFromFile(path: string, prefix?: string): () => Promise<Credentials> {
  if (typeof path !== "string" || path === "") throw invalidSource("credentialsFromFile: the path is missing.");
  const file = resolve(path);
  const name = prefix === undefined ? undefined : checkVariablePrefix("credentialsFromFile", prefix);
  return async () => {
    const text = await readPrivate(file);
    if (extname(file).toLowerCase() === ".json") return parseJson(text, file);
    return credentialsFromVariables(parseEnv(text), name, (variable) => `${file} has no line ${variable}=`);
  };
}

function parseJson(text: string, file: string): Credentials {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidSource(`${file} is not JSON. Write { "username": "…", "password": "…" }.`);
  }
  const { username, password } = (value ?? {}) as Partial<Record<keyof Credentials, unknown>>;
  for (const [field, part] of Object.entries({ username, password })) {
    if (typeof part !== "string" || part === "") throw invalidSource(`${file}: "${field}" must be a non-empty string.`);
  }
  return { username: username as string, password: password as string };
}

async function readPrivate(file: string): Promise<string> {
  const handle = await open(file, "r").catch((error: unknown) => {
    const code = fileErrorCode(error);
    throw invalidSource(
      code === "ENOENT"
        ? `there is no file ${file}. Create it, readable by this user only.`
        : `${file} cannot be read (${code}). Check its owner and mode.`,
    );
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw invalidSource(`${file} is not a file.`);
    const uid = process.geteuid?.();
    if (uid !== undefined && stats.uid !== uid && stats.uid !== 0) {
      throw invalidSource(`${file} belongs to another user. Make it yours with chown, or copy it.`);
    }
    if (isOpenToOthers(stats, 0o027)) {
      throw invalidSource(
        `others than its owner can read or write ${file}. Change the password, if it was real, and close the file: chmod 600 ${quotePath(file)}`,
      );
    }
    if (stats.size > MAX_BYTES)
      throw invalidSource(`${file} is larger than ${MAX_BYTES} bytes, so it holds no credentials.`);
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}
