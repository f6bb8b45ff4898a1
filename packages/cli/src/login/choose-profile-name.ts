import type { LoginOptions } from "../commands/login.ts";
import { usage } from "../errors/cli-error.ts";
import { findProfile, type Profile } from "../profiles/config.ts";
import { isSameUrl } from "../profiles/urls.ts";
import { askText, choose } from "../prompts/questions.ts";
import { checkName, type Desk } from "./resolve-profile.ts";
import { hostOf, isLocal } from "./url-problem.ts";

/** Whether two profiles are of two accounts. */
export function isOther(one: Profile, other: Profile): boolean {
  return (
    one.vendor !== other.vendor ||
    one.username !== other.username ||
    !isSameUrl(one.url, other.url) ||
    one.options?.account !== other.options?.account
  );
}

/** An account as a person knows it. */
export function accountOf(profile: Profile): string {
  const account = profile.options?.account;
  const part = typeof account === "string" ? `, account ${account},` : "";
  return `${profile.username}${part} at ${hostOf(profile)}`;
}

/**
 * Settles under which name an account is kept where that name is of another one. Nothing is replaced that nobody named.
 * @returns the name.
 */
export async function settleName(name: string, draft: Profile, options: LoginOptions, desk: Desk): Promise<string> {
  const { config, terminal, signal } = desk;
  const there = findProfile(config, name);
  if (there === undefined || !isOther(there, draft) || isWanted(there, draft, options)) return name;
  if (!terminal.interactive) {
    throw usage(
      `the profile "${name}" is another account: ${accountOf(there)}.`,
      `Keep this one under another name: --profile <name>. To replace that one, remove it first: vms logout ${name} --forget`,
    );
  }
  terminal.say(`The profile "${name}" is ${accountOf(there)}. You are about to sign in as ${accountOf(draft)}.`);
  const replace = await choose(
    "What shall become of it?",
    [
      { name: "Keep it, and choose another name for this account", value: false },
      { name: `Replace it (its session is not ended: for that, vms logout ${name})`, value: true },
    ],
    signal,
  );
  if (replace) return name;
  return askText({ message: "Name of the new profile:", check: (answer) => checkNew(answer, desk) }, signal);
}

/** Where the profile was named, and all that changes as well, it is meant. The simulator has another port each time. */
function isWanted(
  there: Profile,
  draft: Profile,
  { profile, username, url, account, simulator }: LoginOptions,
): boolean {
  if (simulator === true) return isLocal(there.url) && there.username === draft.username;
  return (
    profile !== undefined &&
    (there.username === draft.username || username !== undefined) &&
    (isSameUrl(there.url, draft.url) || url !== undefined) &&
    (there.options?.account === draft.options?.account || account !== undefined)
  );
}

function checkNew(name: string, { config }: Desk): true | string {
  if (findProfile(config, name) !== undefined) return "There is a profile of that name already.";
  try {
    checkName(name);
    return true;
  } catch {
    return "Use up to 64 letters, digits and . _ - @, and begin with a letter or digit.";
  }
}
