import { encryptedStore, type SessionStore } from "@vms/core";
import { fileStore } from "@vms/core/node";
import type { Config } from "../profiles/config.ts";
import { createSessionKey, findSessionKey, missingKeyError } from "../secrets/session-key.ts";
import type { System } from "../system/system.ts";

/**
 * Opens the session store: files, encrypted with a key of this user. The key comes from `VMS_SESSION_KEY` (32 bytes in
 * base64), else from the place that the configuration names. Otherwise a new one is created in the keyring, or in a
 * file of mode 0600 if no keyring works.
 * @param lost what to do if the key is missing. `"replace"` is for commands that store a new session.
 * @param signIn the command that signs in, for the error about a missing key.
 */
export async function openStore(
  system: System,
  config: Config,
  lost: "replace" | "refuse" = "refuse",
  signIn?: string,
): Promise<SessionStore> {
  const key = await findSessionKey(system, config);
  if (key === undefined && config.key !== undefined && lost === "refuse") throw missingKeyError(system, config, signIn);
  return followed(system, encryptedStore(sessionFiles(system), { key: key ?? (await createSessionKey(system)) }));
}

/** Opens the session store if its key exists. Creates no key. */
export async function openStoreIfAny(system: System, config: Config): Promise<SessionStore | undefined> {
  const key = await findSessionKey(system, config);
  return key === undefined ? undefined : followed(system, encryptedStore(sessionFiles(system), { key }));
}

/** The session files as they are on the disk: encrypted. */
export function sessionFiles(system: System): SessionStore {
  return followed(system, fileStore({ directory: system.places.sessions }));
}

/** Reports each operation to the system, because nobody waits for some, such as the write of a rotated cookie. */
function followed(system: System, { get, set, delete: remove, withLock, ...others }: SessionStore): SessionStore {
  const follow = <T>(work: Promise<T>): Promise<T> => {
    system.outlasting(work);
    return work;
  };
  return {
    ...others,
    get: (key) => follow(get(key)),
    set: (key, value, options) => follow(set(key, value, options)),
    delete: (key) => follow(remove(key)),
    ...(withLock === undefined ? {} : { withLock: (key, run, options) => follow(withLock(key, run, options)) }),
  };
}
