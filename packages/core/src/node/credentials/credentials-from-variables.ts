import type { Credentials } from "../../contract/credentials.ts";
import { InvalidOptions } from "../../errors/invalid-options.ts";

/**
 * Reads credentials from named values, such as environment variables.
 * @param absent describes a missing variable, for the error.
 */
export function credentialsFromVariables(
  from: Readonly<Record<string, string | undefined>>,
  prefix: string | undefined,
  absent: (variable: string) => string,
): Credentials {
  const value = (field: string) => {
    const variable = prefix === undefined ? field : `${prefix}_${field}`;
    const found = from[variable];
    if (found === undefined || found === "") throw invalidSource(`${absent(variable)}. Set it to sign in.`);
    return found;
  };
  return { username: value("USERNAME"), password: value("PASSWORD") };
}

/** Checks the prefix of the variables' names. `who` is the function that the caller used. */
export function checkVariablePrefix(who: string, prefix: unknown): string {
  if (typeof prefix === "string" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix)) return prefix.replace(/_$/, "");
  throw invalidSource(`${who}: the prefix must be the beginning of a variable's name, for example VMS_ACME.`);
}

/** The error for credentials that cannot be read from where the caller said. */
export function invalidSource(what: string): InvalidOptions {
  return new InvalidOptions("core", what);
}
