import { createHash, pbkdf2Sync } from "node:crypto";

/** A cache of computed digests, which are slow on purpose. */
const known = new Map<string, ArrayBuffer>();

/** The text that a key was derived from. */
interface PlainKey {
  readonly bytes: Uint8Array;
}

/**
 * Replaces the parts of `crypto` that sessions use. The platform computes digests in threads, which finish in any order;
 * these compute the same results immediately. Random values come from `random`.
 * @returns a function that restores `crypto`.
 */
export function replaceCrypto(random: () => number): () => void {
  const { subtle } = crypto;
  const replaced: readonly [object, string, unknown][] = [
    [
      crypto,
      "getRandomValues",
      (bytes: Uint8Array) => {
        for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(random() * 256);
        return bytes;
      },
    ],
    [
      subtle,
      "digest",
      async (name: string, data: Uint8Array) => {
        if (name !== "SHA-256") throw new Error(`the day has no ${name}`);
        return bufferOf(createHash("sha256").update(data).digest());
      },
    ],
    [subtle, "importKey", async (_format: string, bytes: Uint8Array): Promise<PlainKey> => ({ bytes })],
    [
      subtle,
      "deriveBits",
      async ({ salt, iterations }: { salt: Uint8Array; iterations: number }, { bytes }: PlainKey, bits: number) => {
        const name = `${Buffer.from(salt).toString("hex")} ${Buffer.from(bytes).toString("hex")} ${iterations} ${bits}`;
        const derived = known.get(name) ?? bufferOf(pbkdf2Sync(bytes, salt, iterations, bits / 8, "sha256"));
        known.set(name, derived);
        return derived;
      },
    ],
  ];
  for (const [owner, name, value] of replaced) Object.defineProperty(owner, name, { configurable: true, value });
  return () => {
    for (const [owner, name] of replaced) Reflect.deleteProperty(owner, name);
  };
}

function bufferOf(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
