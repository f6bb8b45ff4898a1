import { InvalidOptions } from "../errors/invalid-options.ts";

/** A user name and password, or an API key. */
export interface Credentials {
  /** The name that the user signs in with. With an API key, a name made from a digest of it. */
  readonly username: string;
  /** The password. Empty if the vendor's flow allows to omit it. With an API key, the key. */
  readonly password: string;
  /** The API key, if the credentials are one. */
  readonly apiKey?: string;
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

/** An API key as the option `credentials` takes it, for flows with `usernameOptional`. */
export interface ApiKeyInput {
  /** The key. Not empty. */
  readonly apiKey: string;
}

/** An API key, or a function that is called at each login, so that a changed key needs no restart. */
export type ApiKeyProvider = ApiKeyInput | (() => ApiKeyInput | Promise<ApiKeyInput>);

/** What a flow says about the credentials that it takes. */
interface CredentialRules {
  readonly passwordOptional?: boolean;
  readonly usernameOptional?: boolean;
}

/** Returns whether the credentials contain no function and therefore cannot change. */
export function areConstant(source: CredentialsProvider | ApiKeyProvider): boolean {
  if (typeof source === "function") return false;
  return "apiKey" in source || typeof source.password !== "function";
}

/**
 * Checks credentials.
 * @throws {InvalidOptions} `invalid_options` for a field that is missing or malformed. The message contains no value.
 */
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

/**
 * Checks a password.
 * @throws {InvalidOptions} `invalid_options` if it is empty or not a string.
 */
export function checkPassword(vendor: string, password: unknown, passwordOptional = false): string {
  if (typeof password === "string" && (password !== "" || passwordOptional)) return password;
  throw new InvalidOptions(vendor, "`credentials`: `password` must be a non-empty string.");
}
