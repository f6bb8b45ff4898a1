import { formatDuration, formatInstant } from "../command-line/format-time.ts";
import type { Terminal } from "../command-line/terminal.ts";
import { describeAccount } from "../profiles/account.ts";
import { readConfig } from "../profiles/config.ts";
import type { Profile } from "../profiles/profile.ts";
import { vendors } from "../profiles/vendors.ts";
import { inspectSession } from "../sessions/inspect-session.ts";
import { profileStatusJson } from "../sessions/profile-status.ts";
import { profilesSharingSession } from "../sessions/shared-session.ts";

/** When a session expires, as far as known. */
interface SessionEnd {
  readonly expiresAt?: number;
  readonly idleTimeout?: number;
}

/** A profile that is signed in. */
export interface SignedInProfile {
  readonly name: string;
  readonly profile: Profile;
  readonly ends: SessionEnd;
  /** How the session was obtained, in words. */
  readonly how: string;
  /** Whether the session was created by this run. */
  readonly newSession: boolean;
}

/** Reports that a profile is signed in and until when: in words, or as JSON for a program. */
export async function reportSignedIn(terminal: Terminal, json: boolean, done: SignedInProfile): Promise<void> {
  const { name, profile, ends, how, newSession } = done;
  const { system } = terminal;
  const config = await readConfig(system);
  if (json) {
    const row = { name, profile, ...(await inspectSession(system, name, profile, config)) };
    return terminal.out(`${JSON.stringify({ ...profileStatusJson(system, row), newSession }, undefined, 2)}\n`);
  }
  const { title, firstCall } = vendors[profile.vendor];
  terminal.say(terminal.style("green", `${how} ${title} as ${describeAccount(profile)}. ${formatExpiry(ends)}`));
  const call = firstCall.includes("?") ? `'${firstCall}'` : firstCall;
  const others = await profilesSharingSession(system, config, name, profile);
  if (others.length > 0)
    terminal.say(`The profile "${name}" shares its session with: ${others.join(", ")} (same account).`);
  terminal.say(terminal.style("dim", `Profile: ${name}. To call the API: vms api ${name} ${call}`));
}

function formatExpiry({ expiresAt, idleTimeout }: SessionEnd): string {
  const idle = idleTimeout === undefined ? undefined : `after ${formatDuration(idleTimeout)} idle`;
  const end =
    expiresAt === undefined
      ? undefined
      : `at ${formatInstant(expiresAt)} (in ${formatDuration(expiresAt - Date.now())})`;
  const when = [end, idle].filter((one) => one !== undefined).join(", or ");
  return when === "" ? "The session has no known expiry." : `The session expires ${when}.`;
}
