import { extname, resolve } from "node:path";
import { parseEnv } from "node:util";
import type { Credentials } from "../../contract/credentials.ts";
import { invalidSource } from "./invalid-source.ts";
import { readPrivate } from "./read-private.ts";
import { checkVariablePrefix } from "./variable-prefix.ts";

/**
 * Returns a function that reads credentials from a file at each login. A file whose name ends in `.json` contains
 * `{ "username": …, "password": … }`. Any other file is read as dotenv, with the lines `USERNAME=` and `PASSWORD=`. With a
 * prefix, the lines are `<prefix>_USERNAME=` and `<prefix>_PASSWORD=`.
 *
 * The file is UTF-8 text of at most 64 KiB (65,536 bytes). Other users must not be able to read or write it, and its group
 * must not be able to write it: `chmod 600`, or mode 0440 as for a mounted secret. It must belong to the user of this
 * process or to root. Windows has no such modes, so both checks are skipped there.
 * @param path relative to the working directory at the time of this call.
 * @param prefix the start of the names in a dotenv file. Default: none.
 * @throws {InvalidOptions} `invalid_options` for an empty path, or a prefix that no variable name can start with. The
 * returned function rejects with this error if the file is missing, open to others, too large or malformed. The message
 * names the file and what to do, and contains nothing of the file.
 * @example
 * const session = createAcmeSession({ baseUrl, credentials: credentialsFromFile("/run/secrets/acme.json") });
 */
export function credentialsFromFile(path: string, prefix?: string): () => Promise<Credentials> {
  if (typeof path !== "string" || path === "") throw invalidSource("credentialsFromFile: the path is missing.");
  const file = resolve(path);
  const name = prefix === undefined ? undefined : checkVariablePrefix("credentialsFromFile", prefix);
  return async () => {
    const text = await readPrivate(file);
    return extname(file).toLowerCase() === ".json" ? parseJson(text, file) : parseDotenv(text, file, name);
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

function parseDotenv(text: string, file: string, prefix: string | undefined): Credentials {
  const lines = parseEnv(text);
  const read = (field: string) => {
    const name = prefix === undefined ? field : `${prefix}_${field}`;
    const value = lines[name];
    if (!value) throw invalidSource(`${file} has no line ${name}=. Add it to sign in.`);
    return value;
  };
  return { username: read("USERNAME"), password: read("PASSWORD") };
}
