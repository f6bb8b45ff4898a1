import { extname, resolve } from "node:path";
import type { Credentials } from "../../contract/credentials.ts";
import { decodeText } from "../private-files/decode-text.ts";
import { invalidSource } from "./invalid-source.ts";
import { parseDotenv, parseJson } from "./parse-credentials.ts";
import { readPrivate } from "./read-private.ts";
import { checkVariablePrefix } from "./variable-prefix.ts";

/**
 * Creates a function that reads credentials from a file at each login. A `.json` file contains
 * `{ "username": …, "password": … }`. Any other file is dotenv with `USERNAME=` and `PASSWORD=`, or
 * `<prefix>_USERNAME=` and `<prefix>_PASSWORD=`. Put a dotenv value with `#`, a quote or a backslash in single quotes.
 *
 * The file is UTF-8 text of at most 64 KiB (65,536 bytes). A byte order mark is ignored. It must belong to this user or
 * root, and only its owner and group may read it (`chmod 600`). Files below `/run/secrets` or on a read-only mount are
 * exempt, as with Docker and Kubernetes. Windows has no such modes.
 * @param path relative to the working directory at the time of this call.
 * @param prefix the start of the names in a dotenv file. Default: none.
 * @throws {InvalidOptions} `invalid_options` if the path is empty, or if no variable name can start with the prefix.
 * The returned function rejects with it if the file is missing, open to others, too large, not UTF-8 or malformed. The
 * message names the file and the fix, and quotes nothing of the file.
 * @see docs/guides/credentials.md
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
