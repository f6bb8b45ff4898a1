import { expect, test } from "vitest";
import { webCrypto } from "../src/web-apis/web-crypto.ts";

const { subtle } = globalThis.crypto;
const light = webCrypto.subtle;
const bytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const sealing = () => ({ name: "AES-GCM", iv: bytes(12), additionalData: bytes(20) });

/** The same key for both. */
async function keysOf(raw: Uint8Array<ArrayBuffer>): Promise<[whole: CryptoKey, light: CryptoKey]> {
  const usages: KeyUsage[] = ["encrypt", "decrypt"];
  return [
    await subtle.importKey("raw", raw, "AES-GCM", false, usages),
    await light.importKey("raw", raw, "AES-GCM", false, usages),
  ];
}

test("a digest equals WebCrypto's", async () => {
  for (const length of [0, 1, 1000]) {
    const data = bytes(length);
    expect(await light.digest("SHA-256", data)).toEqual(await subtle.digest("SHA-256", data));
  }
});

test("decrypts what WebCrypto encrypts, and the other way round", async () => {
  const [whole, own] = await keysOf(bytes(32));
  for (const length of [0, 1, 1000]) {
    const [how, data] = [sealing(), bytes(length)];
    const sealed = await subtle.encrypt(how, whole, data);
    expect(await light.decrypt(how, own, new Uint8Array(sealed))).toEqual(data.buffer);
    expect(await light.encrypt(how, own, data)).toEqual(sealed);
  }
});

test("does not decrypt data that was changed, truncated, encrypted with another key or has other additional data", async () => {
  const [whole, own] = await keysOf(bytes(32));
  const [, other] = await keysOf(bytes(32));
  const how = sealing();
  const sealed = new Uint8Array(await subtle.encrypt(how, whole, bytes(40)));
  for (const at of sealed.keys()) {
    const changed = sealed.with(at, (sealed[at] ?? 0) ^ 1);
    await expect(light.decrypt(how, own, changed)).rejects.toThrow();
  }
  for (const length of [0, 4, 12, 15, 16, sealed.length - 1]) {
    await expect(light.decrypt(how, own, sealed.slice(0, length))).rejects.toThrow();
  }
  await expect(light.decrypt(how, other, sealed)).rejects.toThrow();
  await expect(light.decrypt({ ...how, additionalData: bytes(20) }, own, sealed)).rejects.toThrow();
  await expect(light.decrypt({ ...how, iv: bytes(12) }, own, sealed)).rejects.toThrow();
});

test("an imported key does not change with the caller's buffer", async () => {
  const raw = bytes(32);
  const [whole, own] = await keysOf(raw);
  raw.fill(0);
  const how = sealing();
  const sealed = new Uint8Array(await subtle.encrypt(how, whole, bytes(10)));
  await expect(light.decrypt(how, own, sealed)).resolves.toHaveProperty("byteLength", 10);
});

test("a derived key, which it cannot import, is left to WebCrypto", async () => {
  const base = await light.importKey("raw", bytes(10), "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: bytes(16), iterations: 10 };
  const key = await light.deriveKey(derivation, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const [how, data] = [sealing(), bytes(10)];
  const sealed = new Uint8Array(await light.encrypt(how, key, data));
  expect(await light.decrypt(how, key, sealed)).toEqual(data.buffer);
});
