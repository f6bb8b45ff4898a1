import { withoutSearchParams } from "../net/search-params.ts";

/**
 * The response as a caller may see it: without `Set-Cookie`, as in a browser, and without the credential in its URL.
 * The body is passed on, neither read nor copied.
 * @param secret the names of search parameters that hold the credential.
 */
export function sanitizeResponse(response: Response, secret: readonly string[]): Response {
  if (secret.length === 0 && !response.headers.has("set-cookie")) return response;
  const headers = new Headers(response.headers);
  headers.delete("set-cookie");
  const { status, statusText } = response;
  // A Response cannot be made with a status outside of 200 to 599, nor with a body for these.
  const known = status >= 200 && status <= 599;
  const body = !known || [204, 205, 304].includes(status) ? null : response.body;
  const shown = new Response(body, { status: known ? status : 500, statusText, headers });
  const properties = { url: withoutSearchParams(response.url, secret), redirected: response.redirected, status };
  for (const [name, value] of Object.entries(properties)) Object.defineProperty(shown, name, { value });
  return shown;
}
