import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { describeAccount, isDifferentAccount } from "../profiles/account.ts";
import { type Config, changeConfig } from "../profiles/config.ts";
import { findProfile } from "../profiles/find-profile.ts";
import type { Profile } from "../profiles/profile.ts";
import { isPasswordUsed, type PasswordStorage, removePassword, savePassword } from "../secrets/saved-password.ts";
import type { System } from "../system/system.ts";

export interface ProfileToSave {
  readonly name: string;
  readonly profile: Profile;
  /** The profile of that name when the command started. */
  readonly before: Profile | undefined;
  /** Where to save the password. `undefined` keeps what is saved. */
  readonly save: PasswordStorage | undefined;
  readonly password: string;
}

/** Saves a profile that has been signed in, and its password if requested. */
export async function saveProfile(
  system: System,
  { name, profile, before, save, password }: ProfileToSave,
): Promise<void> {
  const { saved: _, ...bare } = profile;
  let after = await changeProfile(system, name, save === undefined ? profile : bare, before);
  if (save !== undefined) {
    // The profile refers to the password only after the password is saved.
    await savePassword(system, profile, save, password);
    after = await changeProfile(system, name, { ...profile, saved: save }, profile);
  }
  // Removes a saved password that no profile uses now.
  if (before?.saved === undefined || isPasswordUsed(after, before)) return;
  await removePassword(system, before);
}

async function changeProfile(
  system: System,
  name: string,
  profile: Profile,
  before: Profile | undefined,
): Promise<Config> {
  let after: Config = { profiles: {} };
  await changeConfig(system, (config) => {
    const now = findProfile(config, name);
    // Another process may have created a profile of this name while this one waited for the password.
    if (
      now !== undefined &&
      isDifferentAccount(now, profile) &&
      (before === undefined || isDifferentAccount(now, before))
    ) {
      throw new CliError(
        EXIT.failed,
        `signed in, but meanwhile the profile "${name}" was created for another account: ${describeAccount(now)}.`,
        "Try again with another name: --profile <name>",
      );
    }
    after = { ...config, profiles: { ...config.profiles, [name]: profile } };
    return after;
  });
  return after;
}
