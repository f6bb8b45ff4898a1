import { encodeBase64 } from "./base64.ts";

/** Random bytes from Web Crypto. */
function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Random lower-case hexadecimal digits, two per byte. */
export function randomHex(bytes: number): string {
  return Array.from(randomBytes(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function randomBase64(bytes: number): string {
  return encodeBase64(randomBytes(bytes));
}

/** Random decimal digits. The first digit may be zero. */
export function randomDigits(length: number): string {
  return Array.from(randomBytes(length), (byte) => byte % 10).join("");
}
