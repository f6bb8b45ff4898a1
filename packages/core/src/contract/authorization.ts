/** The parts of a request that carry the credential. They are secrets: keep them out of logs. */
export interface Authorization {
  /** Headers by name. `session.authorization()` includes a `cookie` header made from `cookies`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Query parameters by name. */
  readonly searchParams: Readonly<Record<string, string>>;
  /** Cookies by name, for tools with a cookie jar. */
  readonly cookies: Readonly<Record<string, string>>;
}
