import { randomBytes } from "node:crypto";
import process from "node:process";
import { encryptedStore, type SessionStore } from "@vms/core";
import { fileStore } from "@vms/core/node";
import { CliError, usage } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { exclusively } from "../files/configuration-lock.ts";
import { places } from "../files/places.ts";
import { readPrivate, writePrivate } from "../files/private-file.ts";
import { type Config, changeConfigAlone, readConfig } from "../profiles/config.ts";
import { openKeyring } from "../secrets/keyring.ts";

const KEY_NAME = "session-key";

type Key = Uint8Array<ArrayBuffer>;

/**
 * The store of the sessions: files, encrypted under a key of this user. The key is, in this order: `VMS_SESSION_KEY`
 * (32 bytes in base64); where the configuration says it is; at the first use made up, and put into the keyring where one
 * works, else into a file of mode 0600 beside the configuration.
 * @param lost what to do where there was a key, and it is gone: `"replace"` is for who signs in or takes up a session.
 * @param signIn the command that signs in, for the error where the key is gone.
 */
export async function openStore(
  config: Config,
  lost: "replace" | "refuse" = "refuse",
  signIn?: string,
): Promise<SessionStore> {
  const key = await findKey(config);
  if (key === undefined && config.key !== undefined && lost === "refuse") throw keyGone(config, signIn);
  return encryptedStore(sessionFiles(), { key: key ?? (await makeKey()) });
}

/** What is thrown where there was a key of the sessions, and it is gone. */
export function keyGone({ key }: Config, signIn = "vms login <profile>"): CliError {
  const place = key === "keyring" ? "in this system's keyring" : places().key;
  return new CliError(
    EXIT.notSignedIn,
    `the key of your sessions (${place}) is gone.`,
    `Put it back, or sign in again: ${signIn}`,
  );
}

/** The same where there is a key already: none is made. */
export async function openStoreIfAny(config: Config): Promise<SessionStore | undefined> {
  const key = await findKey(config);
  return key === undefined ? undefined : encryptedStore(sessionFiles(), { key });
}

/** The files of the sessions, as they are on the disk: encrypted. */
export function sessionFiles(): SessionStore {
  return fileStore({ directory: places().sessions });
}

/** What was found for a configuration as it was read: a keyring may ask a person each time that it is read. */
const found = new WeakMap<Config, Promise<Key | undefined>>();

/**
 * The key of the sessions; `undefined` where there is none yet.
 * @throws where it is in a keyring that does not work now, and where it is malformed.
 */
export function findKey(config: Config): Promise<Key | undefined> {
  const key = found.get(config) ?? readKey(config);
  found.set(config, key);
  return key;
}

async function readKey(config: Config): Promise<Key | undefined> {
  const given = process.env.VMS_SESSION_KEY;
  if (given) return decode(given, "VMS_SESSION_KEY");
  if (config.key === "keyring") {
    const text = await (await openKeyring()).get(KEY_NAME).catch((): never => {
      throw keyringClosed();
    });
    return text === undefined ? undefined : decode(text, "the key of the sessions in the keyring");
  }
  const text = await readPrivate(places().key);
  return text === undefined ? undefined : decode(text.trim(), places().key);
}

// However many come at once, the first makes the key, and the others find it.
function makeKey(): Promise<Key> {
  return exclusively(async () => {
    const there = await findKey(await readConfig());
    if (there !== undefined) return there;
    const kept = await keepInKeyring();
    const text = kept ?? newKey();
    if (kept === undefined) await writePrivate(places().key, `${text}\n`);
    await changeConfigAlone((config) => ({ ...config, key: kept === undefined ? "file" : "keyring" }));
    return decode(text, "the key");
  });
}

/** The key that the keyring holds from now on, where there is one that works. One that it holds already is not replaced. */
async function keepInKeyring(): Promise<string | undefined> {
  try {
    const keyring = await openKeyring();
    const there = await keyring.get(KEY_NAME);
    if (there !== undefined && bytesOf(there).length === 32) return there;
    const text = newKey();
    await keyring.set(KEY_NAME, text);
    return text;
  } catch {
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
    "Mend it; or remove it, and sign in again: the sessions under it are lost.",
  );
}

function keyringClosed(): CliError {
  return new CliError(
    EXIT.failed,
    "the key of your sessions is in this system's keyring, which does not open now.",
    "Unlock the keyring; over SSH or in a job, give a key of your own in VMS_SESSION_KEY (openssl rand -base64 32) and sign in.",
  );
}
