import { InvalidOptions } from "../errors/invalid-options.ts";

/** A user name and password, or an API key. */
export interface Credentials {
  /** The user name. With an API key, a name derived from a digest of the key. */
  readonly username: string;
  /** The password, or the API key. Empty if the vendor's flow lets users omit it. */
  readonly password: string;
  /** The API key, if one was given. */
  readonly apiKey?: string;
}

/** A user name and password for the option `credentials`. */
export interface CredentialsInput {
  /** The user name. Must not be empty. */
  readonly username: string;
  /** The password, or a function that is called only for a login, not when a stored session is used. */
  readonly password: string | (() => string | Promise<string>);
}

/** Credentials, or a function that returns them at each login, so that a changed password needs no restart. */
export type CredentialsProvider = CredentialsInput | (() => CredentialsInput | Promise<CredentialsInput>);

/** An API key for the option `credentials`, for flows with `usernameOptional`. */
export interface ApiKeyInput {
  /** The key. Must not be empty. */
  readonly apiKey: string;
}

/** An API key, or a function that returns it at each login, so that a changed key needs no restart. */
export type ApiKeyProvider = ApiKeyInput | (() => ApiKeyInput | Promise<ApiKeyInput>);

interface CredentialRules {
  readonly passwordOptional?: boolean;
  readonly usernameOptional?: boolean;
}

/** Constant credentials contain no function. */
export function areConstant(source: CredentialsProvider | ApiKeyProvider): boolean {
  if (typeof source === "function") return false;
  return "apiKey" in source || typeof source.password !== "function";
}

/** @throws {InvalidOptions} `invalid_options` for a missing or malformed field. The message contains no value. */
export function checkCredentials(
  vendor: string,
  value: unknown,
  { passwordOptional = false, usernameOptional = false }: CredentialRules = {},
): CredentialsInput | ApiKeyInput {
  const wrong = (what: string) => new InvalidOptions(vendor, what);
  if (typeof value !== "object" || value === null) {
    const forms = usernameOptional ? "{ apiKey }, { username, password }," : "{ username, password },";
    throw wrong(`\`credentials\` must be ${forms} or a function that returns it.`);
  }
  const { apiKey, username, ...rest } = value as Partial<Record<keyof Credentials, unknown>>;
  if (apiKey !== undefined) {
    if (!usernameOptional)
      throw wrong("`credentials`: this vendor takes a `username` and `password`, not an `apiKey`.");
    if (username !== undefined || rest.password !== undefined)
      throw wrong("`credentials` must have either `apiKey`, or `username` and `password`.");
    if (typeof apiKey !== "string" || apiKey === "") throw wrong("`credentials`: `apiKey` must be a non-empty string.");
    return { apiKey };
  }
  const { password = passwordOptional ? "" : undefined } = rest;
  if (typeof username !== "string" || username === "") {
    throw wrong("`credentials`: `username` must be a non-empty string.");
  }
  if (typeof password === "function") return { username, password: password as () => string };
  return { username, password: checkPassword(vendor, password, passwordOptional) };
}

export function checkPassword(vendor: string, password: unknown, passwordOptional = false): string {
  if (typeof password === "string" && (password !== "" || passwordOptional)) return password;
  throw new InvalidOptions(vendor, "`credentials`: `password` must be a non-empty string.");
}
