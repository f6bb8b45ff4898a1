import type { Terminal } from "../../command-line/terminal.ts";
import { CliError } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import type { Config } from "../../profiles/config.ts";
import { requireProfile } from "../../profiles/find-profile.ts";
import { askYesNo } from "../../prompts/questions.ts";
import { inspectSession } from "../../sessions/inspect-session.ts";
import { profilesSharingSession } from "../../sessions/shared-session.ts";
import type { System } from "../../system/system.ts";

/** The other profiles that are signed out with a profile, because they share its session. */
export async function profilesThatEndToo(system: System, config: Config, name: string): Promise<readonly string[]> {
  const profile = requireProfile(config, name);
  const shared = await profilesSharingSession(system, config, name, profile);
  return shared.length > 0 && (await hasSession(system, config, name)) ? shared : [];
}

/** Whether a session is stored. Wrong options are reported when the session is ended. */
async function hasSession(system: System, config: Config, name: string): Promise<boolean> {
  const stored = await inspectSession(system, name, requireProfile(config, name), config).catch(() => undefined);
  return stored !== undefined && stored.state !== "not-signed-in";
}

/** What a sign-out does. */
export interface LogoutPlan {
  readonly name: string;
  readonly alsoEnds: readonly string[];
  /** Whether the profile is removed too. */
  readonly forget: boolean;
  /** Whether the user has already agreed. */
  readonly yes: boolean;
}

/**
 * Names the other profiles that a sign-out affects, and asks a person at a terminal to confirm.
 * @throws {CliError} if the person declines. Nothing was done then.
 */
export async function confirmLogout(
  plan: LogoutPlan,
  config: Config,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const { name, alsoEnds, forget, yes } = plan;
  if (alsoEnds.length > 0) {
    terminal.say(terminal.style("yellow", `This also signs out: ${alsoEnds.join(", ")} (same account, same session).`));
  }
  if (yes || !terminal.interactive) return;
  const { system } = terminal;
  const isSignedIn = !forget || alsoEnds.length > 0 || (await hasSession(system, config, name));
  const removal = isSignedIn ? `Sign out of "${name}", and remove the profile?` : `Remove the profile "${name}"?`;
  if (await askYesNo(system, forget ? removal : `Sign out of "${name}"?`, signal)) return;
  throw new CliError(EXIT.failed, isSignedIn ? "nothing was signed out." : "nothing was removed.");
}
