import { InvalidOptions } from "../../errors/invalid-options.ts";
import { builtinModule } from "../../util/builtin-module.ts";

/** The algorithm names of `node:crypto`. WebCrypto has no MD5. */
const HASHES: Readonly<Record<DigestAlgorithm, string>> = {
  MD5: "md5",
  "SHA-256": "sha256",
  "SHA-512-256": "sha512-256",
};

/** An algorithm of RFC 7616, without `-sess`. */
export type DigestAlgorithm = "MD5" | "SHA-256" | "SHA-512-256";

export const ALGORITHMS: readonly DigestAlgorithm[] = Object.keys(HASHES) as DigestAlgorithm[];

/** Hashes parts joined by colons, as hexadecimal digits. */
export type DigestOf = (algorithm: DigestAlgorithm, ...parts: readonly string[]) => string;

/** @throws {InvalidOptions} `invalid_options` in a runtime without `node:crypto`. */
export function createDigestOf(): DigestOf {
  const node = builtinModule("node:crypto") as typeof import("node:crypto") | undefined;
  if (node === undefined) throw new InvalidOptions("core", "`digest` needs `node:crypto`, which this runtime lacks.");
  const { createHash, hash } = node;
  // `hash` is faster, but other runtimes may lack it.
  const hex = hash ?? ((name: string, text: string) => createHash(name).update(text).digest("hex"));
  return (algorithm, ...parts) => hex(HASHES[algorithm], parts.join(":"));
}
