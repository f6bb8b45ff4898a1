import { InvalidOptions } from "../errors/invalid-options.ts";

/** A user name and password. */
export interface Credentials {
  /** The name that the user signs in with. */
  readonly username: string;
  /** The password. Empty if the vendor's flow allows to omit it. */
  readonly password: string;
}

/** Credentials as the option `credentials` takes them. */
export interface CredentialsInput {
  /** The name that the user signs in with. Not empty. */
  readonly username: string;
  /**
   * The password, or a function that returns it. The function is called only if a login is sent, not if a stored session
   * is used.
   */
  readonly password: string | (() => string | Promise<string>);
}

/** Credentials, or a function that is called at each login, so that a changed password needs no restart. */
export type CredentialsProvider = CredentialsInput | (() => CredentialsInput | Promise<CredentialsInput>);

/** Returns whether the credentials contain no function and therefore cannot change. */
export function areConstant(source: CredentialsProvider): boolean {
  return typeof source !== "function" && typeof source.password !== "function";
}

/**
 * Checks credentials.
 * @param passwordOptional whether the password may be omitted. It is then the empty string.
 * @throws {InvalidOptions} `invalid_options` for a field that is missing or malformed. The message contains no value.
 */
export function checkCredentials(vendor: string, value: unknown, passwordOptional = false): CredentialsInput {
  if (typeof value !== "object" || value === null) {
    throw new InvalidOptions(vendor, "`credentials` must be { username, password }, or a function that returns it.");
  }
  const { username, password = passwordOptional ? "" : undefined } = value as Partial<
    Record<keyof Credentials, unknown>
  >;
  if (typeof username !== "string" || username === "") {
    throw new InvalidOptions(vendor, "`credentials`: `username` must be a non-empty string.");
  }
  if (typeof password === "function") return { username, password: password as () => string };
  return { username, password: checkPassword(vendor, password, passwordOptional) };
}

/**
 * Checks a password.
 * @throws {InvalidOptions} `invalid_options` if it is empty or not a string.
 */
export function checkPassword(vendor: string, password: unknown, passwordOptional = false): string {
  if (typeof password === "string" && (password !== "" || passwordOptional)) return password;
  throw new InvalidOptions(vendor, "`credentials`: `password` must be a non-empty string.");
}
