import { extname, resolve } from "node:path";
import type { Credentials } from "../../contract/credentials.ts";
import { decodeText } from "../private-files/decode-text.ts";
import { invalidSource } from "./invalid-source.ts";
import { parseDotenv, parseJson } from "./parse-credentials.ts";
import { readPrivate } from "./read-private.ts";
import { checkVariablePrefix } from "./variable-prefix.ts";

/**
 * Returns a function that reads credentials from a file at each login. A file whose name ends in `.json` contains
 * `{ "username": …, "password": … }`. Any other file is read as dotenv, with the lines `USERNAME=` and `PASSWORD=`. With a
 * prefix, the lines are `<prefix>_USERNAME=` and `<prefix>_PASSWORD=`. There, a value with `#`, a quote or a backslash
 * belongs in single quotes.
 *
 * The file is UTF-8 text of at most 64 KiB (65,536 bytes). A byte order mark is ignored. It must belong to this user or
 * root, and be closed to other users (`chmod 600`), unless it is below `/run/secrets` or on a read-only mount, as with
 * Docker and Kubernetes. Its group may read it. Windows has no such modes, so these checks are skipped there.
 * @param path relative to the working directory at the time of this call.
 * @param prefix the start of the names in a dotenv file. Default: none.
 * @throws {InvalidOptions} `invalid_options` for an empty path, or a prefix that no variable name can start with. The
 * returned function rejects with this error if the file is missing, open to others, too large, not UTF-8 or malformed. The message
 * names the file and what to do, and contains nothing of the file.
 * @example
 * const session = createAcmeSession({ baseUrl, credentials: credentialsFromFile("/run/secrets/acme.json") });
 */
export function credentialsFromFile(path: string, prefix?: string): () => Promise<Credentials> {
  if (typeof path !== "string" || path === "") throw invalidSource("credentialsFromFile: the path is missing.");
  const file = resolve(path);
  const name = prefix === undefined ? undefined : checkVariablePrefix("credentialsFromFile", prefix);
  return async () => {
    const bytes = await readPrivate(file);
    const text = decodeText(bytes, (what) => invalidSource(`${file} ${what}. Save it as UTF-8.`));
    return extname(file).toLowerCase() === ".json" ? parseJson(text, file) : parseDotenv(text, file, name);
  };
}
