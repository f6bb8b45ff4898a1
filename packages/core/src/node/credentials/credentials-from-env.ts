import process from "node:process";
import type { Credentials } from "../../contract/credentials.ts";
import { checkVariablePrefix, credentialsFromVariables } from "./credentials-from-variables.ts";

/**
 * Credentials out of the environment: the variables `<prefix>_USERNAME` and `<prefix>_PASSWORD`, read at each login.
 *
 * ```ts
 * createAcmeSession({ baseUrl, credentials: credentialsFromEnv("VMS_ACME") })
 * ```
 * @throws {InvalidOptions} (`invalid_options`) for a prefix that is no name of a variable. The function returned throws it
 * for a variable that is not set, naming it.
 */
export function credentialsFromEnv(prefix: string): () => Credentials {
  const name = checkVariablePrefix("credentialsFromEnv", prefix);
  return () =>
    credentialsFromVariables(process.env, name, (variable) => `the environment variable ${variable} is not set`);
}
