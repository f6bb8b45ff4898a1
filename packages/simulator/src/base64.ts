/** Base64 of bytes, or of a text's UTF-8 bytes. */
export function encodeBase64(value: Uint8Array | string): string {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return btoa(String.fromCharCode(...bytes));
}

/** Decodes base64 of either alphabet to UTF-8 text; `undefined` if it is invalid. */
export function decodeBase64(value: string): string | undefined {
  try {
    const binary = atob(value.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Base64 in the URL-safe alphabet without padding. */
export function encodeBase64Url(value: Uint8Array | string): string {
  return encodeBase64(value).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
