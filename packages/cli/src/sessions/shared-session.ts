import type { SessionStore } from "@vms/core";
import type { Config } from "../profiles/config.ts";
import type { Profile } from "../profiles/profile.ts";
import type { System } from "../system/system.ts";
import { NOT_SIGNED_IN, openWithoutLogin } from "./open-without-login.ts";

/** The names of the other profiles that use the same stored session: profiles of one account share it. */
export async function profilesSharingSession(
  system: System,
  config: Config,
  name: string,
  profile: Profile,
): Promise<readonly string[]> {
  const others = Object.entries(config.profiles).filter(
    ([other, { vendor, username }]) => other !== name && vendor === profile.vendor && username === profile.username,
  );
  if (others.length === 0) return [];
  const own = await storeKey(system, config, name, profile);
  if (own === undefined) return [];
  const keys = await Promise.all(others.map(([other, one]) => storeKey(system, config, other, one)));
  return others.filter((_, index) => keys[index] === own).map(([other]) => other);
}

/** The key of a profile's session in the store. `undefined` if the profile's options are wrong. */
async function storeKey(system: System, config: Config, name: string, profile: Profile): Promise<string | undefined> {
  let found: string | undefined;
  // Records the key, contains nothing, and sends nothing.
  const store: SessionStore = {
    async get(key) {
      found ??= key;
      return undefined;
    },
    set: async () => {},
    delete: async () => {},
  };
  const { ca: _, ...offline } = profile;
  const send = () => () => Promise.reject(NOT_SIGNED_IN);
  try {
    const session = await openWithoutLogin(system, name, offline, config, store, send);
    await session.login();
  } catch {
    // Expected: there is no session in this store, and no password.
  }
  return found;
}
