import { usage } from "../errors/cli-error.ts";
import { withConfigurationLock } from "../files/configuration-lock.ts";
import { readPrivate, writePrivate } from "../files/private-file.ts";
import type { Config } from "../profiles/config.ts";
import type { Profile } from "../profiles/profile.ts";
import type { System } from "../system/system.ts";

/** Where a password is saved. */
export type PasswordStorage = NonNullable<Profile["saved"]>;

/** Reads the saved password of a profile. `undefined` if it is missing. */
export async function readPassword(system: System, profile: Profile): Promise<string | undefined> {
  if (profile.saved === undefined) return undefined;
  const name = passwordName(profile);
  if (profile.saved === "keyring") return (await system.openKeyring()).get(name);
  const passwords = await readAll(system);
  return Object.hasOwn(passwords, name) ? passwords[name] : undefined;
}

/** Saves a password. In the file it is clear text; the file has mode 0600. */
export async function savePassword(
  system: System,
  profile: Profile,
  place: PasswordStorage,
  password: string,
): Promise<void> {
  const name = passwordName(profile);
  if (place === "keyring") return (await system.openKeyring()).set(name, password);
  await withConfigurationLock(system, async () => writeAll(system, { ...(await readAll(system)), [name]: password }));
}

/** Removes the saved password of a profile. */
export async function removePassword(system: System, profile: Profile): Promise<void> {
  const name = passwordName(profile);
  if (profile.saved === "keyring") await (await system.openKeyring()).delete(name);
  if (profile.saved !== "file") return;
  await withConfigurationLock(system, async () => {
    const { [name]: removed, ...rest } = await readAll(system);
    if (removed !== undefined) await writeAll(system, rest);
  });
}

/** Whether any profile uses the saved password of this one. Profiles of the same user share it. */
export function isPasswordUsed({ profiles }: Config, profile: Profile): boolean {
  const name = passwordName(profile);
  return Object.values(profiles).some((other) => other.saved === profile.saved && passwordName(other) === name);
}

/** The name of a saved password. It contains user and host, so that it is never sent to another user or host. */
export function passwordName({ vendor, url, username }: Profile): string {
  return `password:${JSON.stringify([vendor, url === undefined ? "" : new URL(url).origin, username])}`;
}

async function readAll({ places }: System): Promise<Record<string, string>> {
  const path = places.credentials;
  const text = await readPrivate(path);
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === "string"));
    }
  } catch {
    // Reported below, without the text.
  }
  throw usage(`${path} is not JSON.`, "Remove it, and sign in again with --save-credentials.");
}

function writeAll({ places }: System, passwords: Record<string, string>): Promise<void> {
  return writePrivate(places.credentials, `${JSON.stringify(passwords, undefined, 2)}\n`);
}
