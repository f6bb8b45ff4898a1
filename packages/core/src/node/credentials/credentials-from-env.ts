import type { Credentials } from "../../contract/credentials.ts";
import { invalidSource } from "./invalid-source.ts";
import { passwordFromEnv } from "./password-from-env.ts";
import { checkVariablePrefix } from "./variable-prefix.ts";

/**
 * Returns a function that reads credentials from the environment at each login: the user name from `<prefix>_USERNAME`, the
 * password from `<prefix>_PASSWORD` or from the file that `<prefix>_PASSWORD_FILE` names.
 *
 * The file contains only the password, as UTF-8 text of at most 64 KiB (65,536 bytes). A byte order mark and one newline at
 * its end are removed. It must be as private as a file of `credentialsFromFile`. A relative path starts at the working
 * directory at the time of the login. An empty variable counts as not set.
 * @param prefix the start of the variables' names, for example `"VMS_ACME"`.
 * @throws {InvalidOptions} `invalid_options` for a prefix that no variable name can start with. The returned function
 * rejects with this error if a variable is missing, or if `_PASSWORD` and `_PASSWORD_FILE` are both set. It also does so if
 * the file is missing, empty, open to others, too large or not UTF-8. The message contains no value.
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
