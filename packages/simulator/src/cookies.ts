/** What a `Set-Cookie` line may say besides the value. */
export interface CookieAttributes {
  readonly domain?: string | undefined;
  readonly maxAge?: number | undefined;
  readonly expires?: Date | undefined;
  readonly httpOnly?: boolean | undefined;
}

/** Makes a `Set-Cookie` line. Over http there is no `Secure`, or no client would send the cookie back. */
export function setCookie(url: URL, name: string, value: string, attributes: CookieAttributes = {}): string {
  const parts = [`${name}=${value}`];
  if (attributes.domain !== undefined) parts.push(`Domain=${attributes.domain}`);
  parts.push("Path=/");
  if (attributes.maxAge !== undefined) parts.push(`Max-Age=${attributes.maxAge}`);
  if (attributes.expires !== undefined) parts.push(`Expires=${attributes.expires.toUTCString()}`);
  if (attributes.httpOnly) parts.push("HttpOnly");
  if (url.protocol === "https:") parts.push("Secure");
  return parts.join("; ");
}
