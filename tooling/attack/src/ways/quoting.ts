/** What a careless vendor could quote in an answer. */
export interface Quotable {
  readonly password: string;
  /** The last token or session that it gave out. */
  readonly token: string;
  /** The last code that was given, as the session knows it. */
  readonly code?: string | undefined;
}

/** Puts the secrets in where a text names them. */
export function quoting(text: string, { password, token, code = "no code" }: Quotable): string {
  return text.replaceAll("<password>", password).replaceAll("<token>", token).replaceAll("<code>", code);
}
