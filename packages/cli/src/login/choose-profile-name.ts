import { usage } from "../errors/cli-error.ts";
import { describeAccount, isDifferentAccount } from "../profiles/account.ts";
import { findProfile } from "../profiles/find-profile.ts";
import type { Profile } from "../profiles/profile.ts";
import { checkProfileName } from "../profiles/profile-name.ts";
import { isLoopbackUrl, isSameUrl } from "../profiles/urls.ts";
import { askText, choose } from "../prompts/questions.ts";
import type { LoginContext } from "./login-context.ts";
import type { ProfileOptions } from "./profile-options.ts";

/**
 * Chooses another name for a profile if the given one belongs to another account. A profile is replaced only with consent.
 */
export async function chooseProfileName(
  name: string,
  draft: Profile,
  options: ProfileOptions,
  context: LoginContext,
): Promise<string> {
  const { config, terminal, signal } = context;
  const existing = findProfile(config, name);
  if (existing === undefined || !isDifferentAccount(existing, draft) || isReplacementIntended(existing, draft, options))
    return name;
  if (!terminal.interactive) {
    throw usage(
      `the profile "${name}" is for another account: ${describeAccount(existing)}.`,
      `To keep both, choose another name: --profile <name>. To replace it, remove it first: vms profile remove ${name}`,
    );
  }
  terminal.say(
    `The profile "${name}" is for ${describeAccount(existing)}. You are about to sign in as ${describeAccount(draft)}.`,
  );
  const replace = await choose(
    terminal.system,
    "What should vms do with the existing profile?",
    [
      { name: "Keep it, and save this account under another name", value: false },
      { name: `Replace it (its session stays open; to end it first: vms logout ${name})`, value: true },
    ],
    signal,
  );
  if (replace) return name;
  return askText(
    terminal.system,
    { message: "Name of the new profile:", check: (answer) => checkNew(answer, context) },
    signal,
  );
}

/**
 * Whether the user means to replace the profile: the options name it and everything that changes. The simulator's port
 * differs on each run.
 */
function isReplacementIntended(
  existing: Profile,
  draft: Profile,
  { profile, username, url, account, simulator }: ProfileOptions,
): boolean {
  if (simulator === true) return isLoopbackUrl(existing.url) && existing.username === draft.username;
  return (
    profile !== undefined &&
    (existing.username === draft.username || username !== undefined) &&
    (isSameUrl(existing.url, draft.url) || url !== undefined) &&
    (existing.options?.account === draft.options?.account || account !== undefined)
  );
}

function checkNew(name: string, { config }: LoginContext): true | string {
  if (findProfile(config, name) !== undefined) return "A profile with this name already exists.";
  try {
    checkProfileName(name);
    return true;
  } catch {
    return "Use up to 64 letters, digits and . _ - @, and begin with a letter or digit.";
  }
}
