import process from "node:process";
import { usage } from "../../cli-error.ts";
import { type Config, changeConfig, nameOrOnly, type Profile, profileOf, readConfig } from "../../config.ts";
import { EXIT, type ExitCode } from "../../exit-codes.ts";
import { failureOf } from "../../failure.ts";
import { interruptible } from "../../interrupt.ts";
import { isPasswordUsed, removePassword } from "../../saved-password.ts";
import type { Terminal } from "../../terminal.ts";
import type { LogoutOptions } from "./command.ts";
import { endSession } from "./end-session.ts";

/** `vms logout` */
export async function logout(word: string | undefined, options: LogoutOptions, terminal: Terminal): Promise<void> {
  const { all, forget = false } = options;
  if (all && word !== undefined) throw usage("name a profile, or give --all: not both.");
  const config = await readConfig();
  const names = all ? Object.keys(config.profiles) : [nameOrOnly(config, word)];
  if (names.length === 0) terminal.say("There are no profiles.");
  await interruptible(async (signal) => {
    let exit: ExitCode = EXIT.ok;
    for (const name of names) {
      signal.throwIfAborted();
      const one = await logoutOne(name, forget, terminal, signal);
      if (exit === EXIT.ok) exit = one;
    }
    if (exit !== EXIT.ok) process.exitCode = exit;
  });
}

async function logoutOne(name: string, forget: boolean, terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  const config = await readConfig();
  const profile = profileOf(config, name);
  const told = await endSession(name, profile, config, terminal, signal);
  const removed = await removeSecrets(name, profile, forget, terminal);
  return told === EXIT.ok ? removed : told;
}

/** Removes the saved password, and the profile where that is wanted. */
async function removeSecrets(name: string, profile: Profile, forget: boolean, terminal: Terminal): Promise<ExitCode> {
  try {
    let after: Config = { profiles: {} };
    await changeConfig((config) => {
      const { [name]: now, ...others } = config.profiles;
      const { saved: _, ...bare } = now ?? profile;
      after = { ...config, profiles: forget || now === undefined ? others : { ...others, [name]: bare } };
      return after;
    });
    const isUsed = profile.saved !== undefined && isPasswordUsed(after, profile);
    if (profile.saved !== undefined && !isUsed) await removePassword(profile);
    const what = [
      ...(forget ? [`The profile "${name}" is removed.`] : []),
      ...(profile.saved === undefined
        ? []
        : [isUsed ? "The saved password stays: another profile uses it." : "The saved password is removed."]),
    ];
    if (what.length > 0) terminal.say(what.join(" "));
    return EXIT.ok;
  } catch (error) {
    const { message, hint, exit } = failureOf(error, { name, profile });
    terminal.say(`${terminal.style("red", "vms:")} ${name}: ${message}`);
    if (hint !== undefined) terminal.say(terminal.style("dim", hint));
    return exit;
  }
}
