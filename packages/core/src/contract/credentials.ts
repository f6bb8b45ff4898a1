import { InvalidOptions } from "../errors/invalid-options.ts";

/** A user name and its password. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Credentials as they are given. */
export interface GivenCredentials {
  readonly username: string;
  /** A function is asked only when a login is really sent, not where a stored session is taken up. */
  readonly password: string | (() => string | Promise<string>);
}

/** Credentials as a value, or as a function that is asked at each login, so that a rotated password needs no restart. */
export type CredentialsSource = GivenCredentials | (() => GivenCredentials | Promise<GivenCredentials>);

/** Whether they were given as values, which cannot change. */
export function areConstant(source: CredentialsSource): boolean {
  return typeof source !== "function" && typeof source.password !== "function";
}

/**
 * Checks a pair of credentials.
 * @param passwordless whether a login does without a password: where none is given, it is the empty string.
 * @throws {InvalidOptions} naming the field, never its value.
 */
export function checkCredentials(vendor: string, value: unknown, passwordless = false): GivenCredentials {
  if (typeof value !== "object" || value === null) {
    throw new InvalidOptions(vendor, "`credentials` must be { username, password }, or a function that returns it.");
  }
  const { username, password = passwordless ? "" : undefined } = value as Partial<Record<keyof Credentials, unknown>>;
  if (typeof username !== "string" || username === "") {
    throw new InvalidOptions(vendor, "`credentials`: `username` must be a non-empty string.");
  }
  if (typeof password === "function") return { username, password: password as () => string };
  return { username, password: checkPassword(vendor, password, passwordless) };
}

/** Checks a password. */
export function checkPassword(vendor: string, password: unknown, passwordless = false): string {
  if (typeof password === "string" && (password !== "" || passwordless)) return password;
  throw new InvalidOptions(vendor, "`credentials`: `password` must be a non-empty string.");
}
