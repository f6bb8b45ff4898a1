/**
 * Where the credential goes on a request. It *is* the credential: keep it out of logs.
 */
export interface Authorization {
  /** Headers by name. Of `session.authorization()`, this includes the `cookie` header made of `cookies`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parameters of the query. */
  readonly searchParams: Readonly<Record<string, string>>;
  /** Cookies by name, for tools that have a cookie jar. */
  readonly cookies: Readonly<Record<string, string>>;
}
