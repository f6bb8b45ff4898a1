import { InvalidOptions } from "./errors/invalid-options.ts";

/** A user name and its password. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Credentials as a value, or as a function that is asked at each login, so that a rotated password needs no restart. */
export type CredentialsSource = Credentials | (() => Credentials | Promise<Credentials>);

/**
 * Checks a pair of credentials.
 * @throws {InvalidOptions} naming the field, never its value.
 */
export function checkCredentials(vendor: string, value: unknown, from = "`credentials`"): Credentials {
  if (typeof value !== "object" || value === null) {
    throw new InvalidOptions(vendor, `${from} must be { username, password }, or a function that returns it.`);
  }
  const { username, password } = value as Partial<Record<keyof Credentials, unknown>>;
  for (const [name, part] of Object.entries({ username, password })) {
    if (typeof part !== "string" || part === "") {
      throw new InvalidOptions(vendor, `${from}: \`${name}\` must be a non-empty string.`);
    }
  }
  return { username: username as string, password: password as string };
}
