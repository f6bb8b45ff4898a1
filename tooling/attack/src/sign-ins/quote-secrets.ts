/** The secrets that a careless vendor could quote in a response. */
export interface Quotable {
  readonly password: string;
  /** The last token or session that the vendor issued. */
  readonly token: string;
  /** The last code, with its mark. */
  readonly code?: string | undefined;
}

/** Replaces the placeholders in a text with secrets. */
export function quoteSecrets(text: string, { password, token, code = "no code" }: Quotable): string {
  return text.replaceAll("<password>", password).replaceAll("<token>", token).replaceAll("<code>", code);
}
