import { randomBytes } from "node:crypto";
import { isInterrupt } from "../command-line/interrupt.ts";
import { CliError, usage } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { withConfigurationLock } from "../files/configuration-lock.ts";
import { readPrivate, writePrivate } from "../files/private-file.ts";
import { type Config, changeConfigLocked, readConfig } from "../profiles/config.ts";
import type { System } from "../system/system.ts";

const KEY_NAME = "session-key";

type Key = Uint8Array<ArrayBuffer>;

/** The key per configuration read, because a keyring may ask the user on every access. */
const found = new WeakMap<Config, Promise<Key | undefined>>();

/**
 * The key of the sessions; `undefined` if there is none yet.
 * @throws {CliError} if the keyring with the key does not work, or the key is malformed.
 */
export function findSessionKey(system: System, config: Config): Promise<Key | undefined> {
  const key = found.get(config) ?? readKey(system, config);
  found.set(config, key);
  return key;
}

async function readKey(system: System, config: Config): Promise<Key | undefined> {
  const given = system.env.VMS_SESSION_KEY;
  if (given) return decode(given, "VMS_SESSION_KEY");
  if (config.key === "keyring") {
    const text = await (await system.openKeyring()).get(KEY_NAME).catch((error: unknown): never => {
      throw isInterrupt(error) ? error : keyringClosed();
    });
    return text === undefined ? undefined : decode(text, "the key of the sessions in the keyring");
  }
  const text = await readPrivate(system.places.key);
  return text === undefined ? undefined : decode(text.trim(), system.places.key);
}

/** Creates the key of the sessions. Of several processes, the first creates it and the others find it. */
export function createSessionKey(system: System): Promise<Key> {
  return withConfigurationLock(system, async () => {
    const existing = await findSessionKey(system, await readConfig(system));
    if (existing !== undefined) return existing;
    const stored = await storeInKeyring(system);
    const text = stored ?? newKey();
    if (stored === undefined) await writePrivate(system.places.key, `${text}\n`);
    await changeConfigLocked(system, (config) => ({ ...config, key: stored === undefined ? "file" : "keyring" }));
    return decode(text, "the key");
  });
}

/**
 * Stores a new key in the keyring, or finds the existing one, which is not replaced. `undefined` if no keyring works.
 */
async function storeInKeyring(system: System): Promise<string | undefined> {
  try {
    const keyring = await system.openKeyring();
    const existing = await keyring.get(KEY_NAME);
    if (existing !== undefined && bytesOf(existing).length === 32) return existing;
    const text = newKey();
    await keyring.set(KEY_NAME, text);
    return text;
  } catch (error) {
    if (isInterrupt(error)) throw error;
    return undefined;
  }
}

function newKey(): string {
  return randomBytes(32).toString("base64");
}

function bytesOf(text: string): Key {
  return Uint8Array.from(Buffer.from(text, "base64"));
}

function decode(text: string, where: string): Key {
  const bytes = bytesOf(text);
  if (bytes.length === 32) return bytes;
  throw usage(
    `${where} is not 32 bytes in base64.`,
    "Fix it. Or remove it, which loses its sessions, and sign in again.",
  );
}

function keyringClosed(): CliError {
  return new CliError(
    EXIT.failed,
    "the key of your sessions is in this system's keyring, which cannot be opened now.",
    "Unlock the keyring. Over SSH or in a job: set VMS_SESSION_KEY to your own key (openssl rand -base64 32), and sign in.",
  );
}

/** The error for a missing key that has existed before. */
export function missingKeyError({ places }: System, { key }: Config, signIn = "vms login <profile>"): CliError {
  const place = key === "keyring" ? "in this system's keyring" : places.key;
  return new CliError(
    EXIT.notSignedIn,
    `the key of your sessions (${place}) is missing.`,
    `Restore it, or sign in again: ${signIn}`,
  );
}
