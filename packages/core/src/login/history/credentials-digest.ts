import type { Credentials } from "../../contract/credentials.ts";
import { toHex } from "../../util/hex.ts";

/** PBKDF2 rounds. Tens of ms for each digest make guessing a password slow. */
const ROUNDS = 100_000;

export function makeSalt(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}

/**
 * Guarantee 10: a slow, salted digest of a login, in hexadecimal. Computed only if a refusal is stored.
 * @param inputs the flow's `loginInputs`, as one string.
 */
export async function digestOf({ username, password }: Credentials, inputs: string, salt: string): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify([username, password, inputs]));
  const key = await crypto.subtle.importKey("raw", text, "PBKDF2", false, ["deriveBits"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt: new TextEncoder().encode(salt), iterations: ROUNDS };
  return toHex(new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256)));
}
