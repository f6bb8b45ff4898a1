import { encryptedStore, type SessionStore } from "@vms/core";
import { fileStore } from "@vms/core/node";
import { places } from "../files/places.ts";
import type { Config } from "../profiles/config.ts";
import { createSessionKey, findSessionKey, missingKeyError } from "../secrets/session-key.ts";

/**
 * Opens the session store: files, encrypted with a key of this user. The key comes from `VMS_SESSION_KEY` (32 bytes in
 * base64), else from the place that the configuration names. Otherwise a new one is created in the keyring, or in a
 * file of mode 0600 if no keyring works.
 * @param lost what to do if the key is gone. `"replace"` is for commands that store a new session.
 * @param signIn the command that signs in, for the error if the key is gone.
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

/** Opens the session store if its key exists. Creates no key. */
export async function openStoreIfAny(config: Config): Promise<SessionStore | undefined> {
  const key = await findSessionKey(config);
  return key === undefined ? undefined : encryptedStore(sessionFiles(), { key });
}

/** The session files as they are on the disk: encrypted. */
export function sessionFiles(): SessionStore {
  return fileStore({ directory: places().sessions });
}
