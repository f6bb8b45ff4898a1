import type { Credentials } from "../../contract/credentials.ts";
import { invalidSource } from "./invalid-source.ts";
import { passwordFromEnv } from "./password-from-env.ts";
import { checkVariablePrefix } from "./variable-prefix.ts";

/**
 * Creates a function that reads credentials from environment variables at each login: `<prefix>_USERNAME`, and
 * `<prefix>_PASSWORD` or the file in `<prefix>_PASSWORD_FILE`. An empty variable counts as not set.
 *
 * The file contains only the password, as UTF-8 text of at most 64 KiB (65,536 bytes). A byte order mark and one
 * trailing newline are removed. It must be as private as a file of `credentialsFromFile`. A relative path is resolved
 * at the login.
 * @param prefix the start of the variables' names, for example `"VMS_ACME"`.
 * @throws {InvalidOptions} `invalid_options` if no variable name can start with the prefix. The returned function
 * rejects with it if a variable is missing, if `_PASSWORD` and `_PASSWORD_FILE` are both set, or if the file is
 * missing, empty, open to others, too large or not UTF-8. The message contains no value.
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
