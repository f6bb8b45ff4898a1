const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const period = 30_000;

/** The six-digit TOTP code of a secret at a given time (SHA-1, 30 seconds). */
export async function totpCode(secret: string, at: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(at / period)));
  const key = await crypto.subtle.importKey("raw", decodeBase32(secret), { name: "HMAC", hash: "SHA-1" }, false, [
    "sign",
  ]);
  const digest = new DataView(await crypto.subtle.sign("HMAC", key, counter));
  const offset = digest.getUint8(digest.byteLength - 1) & 0xf;
  const number = (digest.getUint32(offset) & 0x7fffffff) % 1_000_000;
  return number.toString().padStart(6, "0");
}

/** Whether a code is current, or one period off to allow for clock differences. */
export async function isTotpCode(secret: string, code: unknown, at: number): Promise<boolean> {
  const codes = await Promise.all([-period, 0, period].map((shift) => totpCode(secret, at + shift)));
  return codes.some((right) => right === code);
}

function decodeBase32(text: string): Uint8Array<ArrayBuffer> {
  const bits = [...text.toUpperCase().replaceAll(/[\s=]/g, "")]
    .map((character) => alphabet.indexOf(character).toString(2).padStart(5, "0"))
    .join("");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
