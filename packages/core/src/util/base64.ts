/**
 * Encodes a text's UTF-8 bytes as base64, for example for HTTP Basic authentication.
 * @see RFC 7617
 * @example
 * const headers = { authorization: `Basic ${base64Utf8(`${username}:${password}`)}` };
 */
export function base64Utf8(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}
