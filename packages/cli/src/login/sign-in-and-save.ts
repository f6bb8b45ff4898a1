import type { Terminal } from "../command-line/terminal.ts";
import { describeError } from "../error-messages/describe-error.ts";
import { withErrorContext } from "../error-messages/with-error-context.ts";
import { places } from "../files/places.ts";
import type { Config } from "../profiles/config.ts";
import { findProfile } from "../profiles/find-profile.ts";
import type { Profile } from "../profiles/profile.ts";
import { requireKeyring } from "../secrets/keyring.ts";
import { knownPassword } from "../secrets/known-password.ts";
import type { PasswordStorage } from "../secrets/saved-password.ts";
import { isAcceptedByVendor } from "../sessions/accepted-by-vendor.ts";
import { inspectSession } from "../sessions/inspect-session.ts";
import { reportSignedIn } from "./report-signed-in.ts";
import { saveProfile } from "./save-profile.ts";
import { type GivenPassword, loginErrorContext, signIn } from "./sign-in.ts";

/** A profile that is to be signed in and kept. */
export interface SignInAndSaveRequest {
  readonly name: string;
  readonly profile: Profile;
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** A password that was given; else it is the environment's, a saved one, or what a person types. */
  readonly given: GivenPassword | undefined;
  /** The profile that this account was switched to from. */
  readonly switchedFrom?: string;
  /** Where to keep the password. */
  readonly save: PasswordStorage | undefined;
  /** Whether a live session will not do. */
  readonly renew: boolean;
  /** Whether a program is told, and not a person. */
  readonly json: boolean;
}

/** Signs a profile in, or takes up its live session, and then keeps it. Until then, nothing is written. */
export async function signInAndSave(request: SignInAndSaveRequest): Promise<void> {
  await withErrorContext(loginErrorContext(request), () => signInAndKeep(request));
}

async function signInAndKeep(request: SignInAndSaveRequest): Promise<void> {
  const { name, profile, config, terminal, signal, save, json } = request;
  if (save === "keyring") await requireKeyring();
  const before = findProfile(config, name);
  // This also finds out what is wrong with the options, before somebody types a password.
  const stored = await inspectSession(name, profile, config);
  // A password to be kept is proved by a sign-in.
  const renew = request.renew || save !== undefined;
  const isLive = !renew && stored.state === "signed-in";
  if (isLive && (await isAcceptedByVendor(name, profile, config, signal))) {
    await saveProfile({ name, profile, before, save: undefined, password: "" });
    const { expiresAt, idleTimeout } = stored;
    const ends = {
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(idleTimeout === undefined ? {} : { idleTimeout }),
    };
    await reportSignedIn(terminal, json, { name, profile, ends, how: "Already signed in to", newSession: false });
    if (!json) terminal.say(terminal.style("dim", `For a new session: vms renew ${name}`));
    return;
  }
  if (isLive && !json) terminal.say(terminal.style("dim", "The vendor has ended the stored session: signing in anew."));

  const given = request.given ?? (await passwordKnown(request));
  const session = renew ? "new" : isLive ? "checked" : "any";
  const { info, adopted, typed, password } = await signIn({ ...request, given, session });
  // A saved password that was refused is replaced by the one that was right.
  const replaced = save === undefined && given?.from === "saved" && typed !== undefined ? profile.saved : undefined;
  await saveProfile({ name, profile, before, save: save ?? replaced, password });
  const how = adopted ? "Another vms has just signed in to" : "Signed in to";
  await reportSignedIn(terminal, json, { name, profile, ends: info, how, newSession: !adopted });
  if (replaced !== undefined) terminal.say("The saved password was replaced by this one.");
  if (save === "keyring" && !json) terminal.say("The password is in this system's keyring.");
  if (save !== "file") return;
  const warning = `Warning: the password is in clear text in ${places().credentials}: whoever reads your disk or a backup has it.`;
  terminal.say(terminal.style("yellow", warning));
}

/** A password that cannot be read where it was saved can still be typed. */
async function passwordKnown(request: SignInAndSaveRequest): Promise<GivenPassword | undefined> {
  const { profile, terminal } = request;
  try {
    return await knownPassword(profile);
  } catch (error) {
    if (!terminal.interactive) throw error;
    terminal.say(
      terminal.style(
        "yellow",
        `The saved password cannot be read: ${describeError(error, loginErrorContext(request)).message}`,
      ),
    );
    return undefined;
  }
}
