import { createDecipheriv, createHash } from "node:crypto";

type Bytes = Uint8Array<ArrayBuffer>;

/** The parameters that the packages use for AES-GCM. */
interface AesGcmOptions {
  readonly name: string;
  readonly iv: Bytes;
  readonly additionalData: Bytes;
}

/** The parts of WebCrypto that the packages use. */
interface WebCrypto extends Pick<Crypto, "getRandomValues" | "randomUUID"> {
  readonly subtle: Pick<SubtleCrypto, "deriveKey"> & {
    digest(algorithm: string, data: Bytes): Promise<ArrayBuffer>;
    importKey(format: "raw", data: Bytes, name: string, extractable: boolean, usages: KeyUsage[]): Promise<CryptoKey>;
    encrypt(options: AesGcmOptions, key: CryptoKey, data: Bytes): Promise<ArrayBuffer>;
    decrypt(options: AesGcmOptions, key: CryptoKey, data: Bytes): Promise<ArrayBuffer>;
  };
}

/** The bytes of imported AES-256 keys. */
const importedKeys = new WeakMap<CryptoKey, Bytes>();

/**
 * WebCrypto with digests and AES-256-GCM decryption by `node:crypto`, synchronously. Node's WebCrypto takes longer to
 * load and runs each operation in another thread. It does the rest. The bundle uses this instead of the global
 * `crypto`.
 */
export const webCrypto: WebCrypto = {
  getRandomValues: (array) => globalThis.crypto.getRandomValues(array),
  randomUUID: () => globalThis.crypto.randomUUID(),
  subtle: {
    async digest(algorithm, data) {
      return bufferOf(createHash(algorithm).update(data).digest());
    },
    async importKey(format, data, name, extractable, usages) {
      if (name !== "AES-GCM" || data.length !== 32) {
        return globalThis.crypto.subtle.importKey(format, data, name, extractable, usages);
      }
      const key: CryptoKey = { type: "secret", extractable, algorithm: { name }, usages };
      importedKeys.set(key, Uint8Array.from(data));
      return key;
    },
    deriveKey: (...given) => globalThis.crypto.subtle.deriveKey(...given),
    async encrypt(options, key, data) {
      const { subtle } = globalThis.crypto;
      const bytes = importedKeys.get(key);
      const whole = bytes === undefined ? key : await subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt"]);
      return subtle.encrypt(options, whole, data);
    },
    async decrypt(options, key, data) {
      const bytes = importedKeys.get(key);
      return bytes === undefined ? globalThis.crypto.subtle.decrypt(options, key, data) : decrypt(options, bytes, data);
    },
  },
};

const TAG_BYTES = 16;

/** @throws if the data was encrypted with another key or has changed. Nothing of it is returned then. */
function decrypt({ iv, additionalData }: AesGcmOptions, key: Bytes, encrypted: Bytes): ArrayBuffer {
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(additionalData).setAuthTag(encrypted.subarray(-TAG_BYTES));
  return bufferOf(Buffer.concat([decipher.update(encrypted.subarray(0, -TAG_BYTES)), decipher.final()]));
}

// Copies, because a Node buffer can be part of a larger one.
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
