import { isInterrupt } from "../command-line/interrupt.ts";
import type { Terminal } from "../command-line/terminal.ts";
import { describeError } from "../error-messages/describe-error.ts";
import { withErrorContext } from "../error-messages/with-error-context.ts";
import { requireStorage } from "../files/require-storage.ts";
import type { Config } from "../profiles/config.ts";
import { findProfile } from "../profiles/find-profile.ts";
import type { Profile } from "../profiles/profile.ts";
import { isSameUrl } from "../profiles/urls.ts";
import { knownPassword } from "../secrets/known-password.ts";
import { requireKeyring } from "../secrets/require-keyring.ts";
import { type PasswordStorage, readPassword } from "../secrets/saved-password.ts";
import { isAcceptedByVendor } from "../sessions/accepted-by-vendor.ts";
import { inspectSession } from "../sessions/inspect-session.ts";
import { checkVendor } from "./check-vendor.ts";
import { reportSignedIn } from "./report-signed-in.ts";
import { saveProfile } from "./save-profile.ts";
import { signIn } from "./sign-in.ts";
import { loginErrorContext } from "./sign-in-errors.ts";
import type { GivenPassword } from "./sign-in-request.ts";

/** A profile to sign in and save. */
export interface SignInAndSaveRequest {
  readonly name: string;
  readonly profile: Profile;
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** A given password. Default: the environment's, a saved one, or a typed one. */
  readonly given: GivenPassword | undefined;
  /** The profile from which the user switched to this account. */
  readonly switchedFrom?: string;
  /** Where to save the password. */
  readonly save: PasswordStorage | undefined;
  /** Whether to create a new session even if the stored one is valid. */
  readonly renew: boolean;
  /** Whether the result is reported as JSON. */
  readonly json: boolean;
}

/** Signs in or uses the stored session, and then saves the profile. A failed login writes nothing. */
export async function signInAndSave(request: SignInAndSaveRequest): Promise<void> {
  await withErrorContext(loginErrorContext(request), () => signInAndKeep(request));
}

async function signInAndKeep(request: SignInAndSaveRequest): Promise<void> {
  const { name, profile, config, terminal, signal, save, json } = request;
  const { system } = terminal;
  await requireStorage(system);
  if (save === "keyring") await requireKeyring(system);
  const before = findProfile(config, name);
  // This also validates the options before the user types a password.
  const stored = await inspectSession(system, name, profile, config);
  // A password is saved only after it has been accepted.
  const renew = request.renew || save !== undefined;
  const isLive = !renew && stored.state === "signed-in";
  if (isLive && (await isAcceptedByVendor(system, name, profile, config, signal))) {
    await saveProfile(system, { name, profile, before, save: undefined, password: "" });
    const { expiresAt, idleTimeout } = stored;
    const ends = {
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(idleTimeout === undefined ? {} : { idleTimeout }),
    };
    // A person may expect the prompt, and type the password into the shell.
    const how = `${terminal.interactive ? "No password needed: already" : "Already"} signed in to`;
    await reportSignedIn(terminal, json, { name, profile, ends, how, newSession: false });
    if (!json) terminal.say(terminal.style("dim", `To start a new session: vms renew ${name}`));
    return;
  }
  if (isLive && !json) terminal.say(terminal.style("dim", "The vendor rejects the stored session: signing in again."));

  const isKnown = request.switchedFrom !== undefined || request.given?.from === "simulator";
  if (terminal.interactive && !isKnown && !isLive && isNewServer(before, profile))
    await checkVendor(profile, terminal, signal);
  const given = request.given ?? (await passwordKnown(request));
  const session = renew ? "new" : isLive ? "checked" : "any";
  const { info, adopted, typed, password } = await signIn({ ...request, given, session });
  // A typed password that was accepted replaces the saved one that was rejected.
  const replaced = save === undefined && given?.from === "saved" && typed !== undefined ? profile.saved : undefined;
  await saveProfile(system, { name, profile, before, save: save ?? replaced, password });
  const how = adopted ? "Another vms has just signed in to" : "Signed in to";
  await reportSignedIn(terminal, json, { name, profile, ends: info, how, newSession: !adopted });
  if (replaced !== undefined) terminal.say("This password replaces the saved one.");
  if (save === "keyring" && !json) terminal.say("The password is saved in this system's keyring.");
  if (save !== "file") return;
  const warning = `Warning: the password is saved as clear text in ${system.places.credentials}. Anyone who can read your disk or a backup can read it.`;
  terminal.say(terminal.style("yellow", warning));
}

/** Whether this profile has not signed in at this URL before. */
function isNewServer(before: Profile | undefined, { vendor, url }: Profile): boolean {
  return before === undefined || before.vendor !== vendor || !isSameUrl(before.url, url);
}

/** The known password. If the saved one cannot be read, a person sees why and can type it. */
function passwordKnown(request: SignInAndSaveRequest): Promise<GivenPassword | undefined> {
  const { profile, terminal } = request;
  return knownPassword(terminal.system, profile, (system, one) =>
    readPassword(system, one).catch((error: unknown) => {
      if (!terminal.interactive || isInterrupt(error)) throw error;
      const { message } = describeError(error, loginErrorContext(request));
      terminal.say(terminal.style("yellow", `The saved password cannot be read: ${message}`));
      return undefined;
    }),
  );
}
