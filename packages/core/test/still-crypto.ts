import { createHash } from "node:crypto";

/** Computes digests synchronously instead of on other threads, whose order varies. Returns a function that restores them. */
export function stillCrypto(): () => void {
  const hash = (...parts: Uint8Array[]): ArrayBuffer => {
    const sha = createHash("sha256");
    for (const part of parts) sha.update(part);
    return new Uint8Array(sha.digest()).buffer;
  };
  const replaced = {
    digest: async (_: string, data: ArrayBuffer) => hash(new Uint8Array(data)),
    importKey: async (_: string, data: ArrayBuffer) => data,
    deriveBits: async ({ salt }: { salt: Uint8Array }, text: Uint8Array) => hash(salt, text),
  };
  Object.assign(crypto.subtle, replaced);
  return () => {
    // The original method is on the prototype.
    for (const name of Object.keys(replaced)) Reflect.deleteProperty(crypto.subtle, name);
  };
}
