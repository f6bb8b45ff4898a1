import process from "node:process";
import type { Credentials } from "../../contract/credentials.ts";
import { invalidSource } from "./invalid-source.ts";
import { passwordFromEnv } from "./password-from-env.ts";
import { checkVariablePrefix } from "./variable-prefix.ts";

/**
 * Returns a function that reads credentials from the environment, at each login: the user name from `<prefix>_USERNAME`,
 * the password from `<prefix>_PASSWORD` or from the file that `<prefix>_PASSWORD_FILE` names.
 *
 * The file holds the password alone, as UTF-8 text of at most 64 KiB (65,536 bytes). A byte order mark and one newline at
 * its end are removed. It must be as private as a file of `credentialsFromFile`. A relative path starts at the working
 * directory at the time of the login. An empty variable counts as not set.
 * @throws {InvalidOptions} (`invalid_options`) for a prefix that no variable name can start with. The returned function
 * rejects with it if a variable is missing, if `_PASSWORD` and `_PASSWORD_FILE` are both set, or if the file is missing,
 * empty, open to others or too large. The message names the variable and the file, and contains no value.
 * @example
 * const session = createAcmeSession({ baseUrl, credentials: credentialsFromEnv("VMS_ACME") });
 */
export function credentialsFromEnv(prefix: string): () => Promise<Credentials> {
  const name = checkVariablePrefix("credentialsFromEnv", prefix);
  return async () => {
    const username = process.env[`${name}_USERNAME`];
    if (!username) throw invalidSource(`the environment variable ${name}_USERNAME is not set. Set it to sign in.`);
    const password = await passwordFromEnv(name);
    if (password === undefined) {
      throw invalidSource(`${name}_PASSWORD and ${name}_PASSWORD_FILE are not set. Set one of them to sign in.`);
    }
    return { username, password };
  };
}
