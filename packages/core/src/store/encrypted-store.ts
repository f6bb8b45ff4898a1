import { checkNames } from "../contract/known-names.ts";
import type { SessionStore } from "../contract/session-store.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { StoreFailed } from "../errors/store-failed.ts";

/** A passphrase, or 32 random bytes. */
export type EncryptionKey = string | Uint8Array;

/** Options of `encryptedStore`. */
export interface EncryptedStoreOptions {
  /**
   * A passphrase, or the 32 bytes of an AES-256 key. A passphrase costs one key derivation (about 0.2 s) for each salt;
   * bytes cost none. Cloudflare Workers refuse the derivation: use bytes there.
   */
  readonly key: EncryptionKey;
  /** Older keys, for reading only. Every write uses `key`. Default: none. */
  readonly previousKeys?: readonly EncryptionKey[];
}

/** The PBKDF2 rounds of format version 1. */
const ITERATIONS = 600_000;
const KEPT_KEYS = 16;
const SALT_BYTES = 16;
const IV_BYTES = 12;

const PASSPHRASE_FORMAT = /^(vms1\.pbkdf2\.([\w-]{22}))\.([\w-]{16})\.([\w-]{22,})$/;
const BYTES_FORMAT = /^(vms1\.key)()\.([\w-]{16})\.([\w-]{22,})$/;

/** A key of the options. `salt` is in base64url. */
interface Cipher {
  readonly format: RegExp;
  readonly keyOf: (salt: string) => Promise<CryptoKey>;
}

/**
 * Wraps another store and encrypts its values with AES-256-GCM (WebCrypto, so in every runtime). The store's keys
 * (vendor, origin, account), `expiresAt` and the length of a value stay readable. Locks are passed through, and leases
 * encrypt too.
 *
 * `get` rejects with `StoreFailed` (`store_failed`) if a value does not decrypt, was moved to another key or was never
 * encrypted. A session then signs in and replaces the value. With a passphrase, `get` and `set` also reject with it if
 * the runtime refuses the key derivation.
 * @param store keeps the encrypted values.
 * @throws {InvalidOptions} `invalid_options` if an option is unknown, or a key is missing, empty or not 32 bytes.
 * @see docs/stores.md for the format
 * @example
 * const store = encryptedStore(fileStore(), { key: process.env.VMS_STORE_KEY ?? "" });
 */
export function encryptedStore(store: SessionStore, options: EncryptedStoreOptions): SessionStore {
  const names: Record<keyof EncryptedStoreOptions, true> = { key: true, previousKeys: true };
  checkNames("core", options, names, "encryptedStore");
  const { key, previousKeys = [] } = options;
  const current = cipherOf(key, "key");
  const ciphers = [current, ...previousKeys.map((older) => cipherOf(older, "previousKeys"))];
  let salt: string | undefined;

  async function seal(name: string, value: string): Promise<string> {
    // Set before the first `await`, so that concurrent writes use the same salt.
    salt ??= toBase64Url(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
    const head = current.format === BYTES_FORMAT ? "vms1.key" : `vms1.pbkdf2.${salt}`;
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const algorithm = { name: "AES-GCM", iv, additionalData: bytesOf(`${head}.${name}`) };
    const sealed = await crypto.subtle.encrypt(algorithm, await current.keyOf(salt), bytesOf(value));
    return `${head}.${toBase64Url(iv)}.${toBase64Url(new Uint8Array(sealed))}`;
  }

  const lock = store.withLock?.bind(store);
  const withLock: SessionStore["withLock"] =
    lock &&
    ((name, run, lockOptions) =>
      lock(
        name,
        ({ signal, set }) =>
          run({ signal, set: async (key, text, options) => set(key, await seal(key, text), options) }),
        lockOptions,
      ));

  return {
    async get(name) {
      const value = await store.get(name);
      if (value === undefined) return undefined;
      for (const cipher of ciphers) {
        const [, head = "", usedSalt = "", iv = "", sealed = ""] = cipher.format.exec(value) ?? [];
        if (head === "") continue;
        const text = await unseal(await cipher.keyOf(usedSalt), head, name, iv, sealed);
        if (text === undefined) continue;
        // Writing with the salt that was read last saves other processes a derivation.
        if (cipher === current) salt = usedSalt;
        return text;
      }
      throw new StoreFailed("core", problemOf(value), {
        remedy: { id: "replace_stored_session" },
      });
    },
    async set(name, value, setOptions) {
      await store.set(name, await seal(name, value), setOptions);
    },
    async delete(name) {
      await store.delete(name);
    },
    ...(withLock && { withLock }),
  };
}

async function unseal(
  key: CryptoKey,
  head: string,
  name: string,
  iv: string,
  sealed: string,
): Promise<string | undefined> {
  try {
    const algorithm = { name: "AES-GCM", iv: fromBase64Url(iv), additionalData: bytesOf(`${head}.${name}`) };
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      await crypto.subtle.decrypt(algorithm, key, fromBase64Url(sealed)),
    );
  } catch {
    return undefined;
  }
}

/** Quotes nothing of the value. */
function problemOf(value: string): string {
  if (value.startsWith("vms1.")) {
    return "the stored value cannot be decrypted. It was encrypted with another key, moved from another place, or is damaged.";
  }
  return value.startsWith("vms")
    ? "the stored value has the format of a newer version, or is damaged."
    : "the stored value is not encrypted. It was written without `encryptedStore`, or changed.";
}

function cipherOf(key: unknown, option: "key" | "previousKeys"): Cipher {
  const wrong = (what: string): never => {
    throw new InvalidOptions("core", `encryptedStore: \`${option}\` ${what}`);
  };
  if (typeof key === "string") {
    if (key.trim() === "") return wrong("is an empty passphrase. Use one that is hard to guess, or 32 random bytes.");
    return { format: PASSPHRASE_FORMAT, keyOf: derivedKeys(key) };
  }
  // Not `instanceof`: the bytes may come from another realm, as in some test runners.
  if (Object.prototype.toString.call(key) !== "[object Uint8Array]") {
    return wrong("must be a passphrase or a Uint8Array of 32 bytes.");
  }
  const bytes = new Uint8Array(key as Uint8Array);
  if (bytes.length !== 32) return wrong(`must have 32 bytes, not ${bytes.length}.`);
  let imported: Promise<CryptoKey> | undefined;
  const keyOf = () => {
    imported ??= crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    return imported;
  };
  return { format: BYTES_FORMAT, keyOf };
}

/** Caches the keys of the latest salts. */
function derivedKeys(passphrase: string): (salt: string) => Promise<CryptoKey> {
  const kept = new Map<string, Promise<CryptoKey>>();
  const secret = bytesOf(passphrase.normalize("NFC"));
  return (salt) => {
    const key = kept.get(salt) ?? derive(secret, salt);
    kept.delete(salt);
    kept.set(salt, key);
    key.catch(() => kept.delete(salt));
    const [oldest] = kept.keys();
    if (kept.size > KEPT_KEYS && oldest !== undefined) kept.delete(oldest);
    return key;
  };
}

async function derive(secret: Uint8Array<ArrayBuffer>, salt: string): Promise<CryptoKey> {
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt: fromBase64Url(salt), iterations: ITERATIONS };
  try {
    const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
    const aes = { name: "AES-GCM", length: 256 };
    return await crypto.subtle.deriveKey(algorithm, base, aes, false, ["encrypt", "decrypt"]);
  } catch {
    throw new StoreFailed("core", `this runtime does not support PBKDF2 with ${ITERATIONS} rounds.`, {
      remedy: { id: "check_store", how: "Use 32 random bytes as `key`." },
    });
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
