import { encryptedStore, type SessionStore } from "@vms/core";
import { fileStore } from "@vms/core/node";
import { places } from "../files/places.ts";
import type { Config } from "../profiles/config.ts";
import { createSessionKey, findSessionKey, missingKeyError } from "../secrets/session-key.ts";

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
  const key = await findSessionKey(config);
  if (key === undefined && config.key !== undefined && lost === "refuse") throw missingKeyError(config, signIn);
  return encryptedStore(sessionFiles(), { key: key ?? (await createSessionKey()) });
}

/** The same where there is a key already: none is made. */
export async function openStoreIfAny(config: Config): Promise<SessionStore | undefined> {
  const key = await findSessionKey(config);
  return key === undefined ? undefined : encryptedStore(sessionFiles(), { key });
}

/** The files of the sessions, as they are on the disk: encrypted. */
export function sessionFiles(): SessionStore {
  return fileStore({ directory: places().sessions });
}
