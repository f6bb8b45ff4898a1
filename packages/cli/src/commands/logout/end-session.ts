import { randomBytes } from "node:crypto";
import { encryptedStore, type Session, type SessionStore } from "@vms/core";
import { formatInstant } from "../../command-line/format-time.ts";
import { isInterrupt } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { describeError } from "../../error-messages/describe-error.ts";
import { CliError } from "../../errors/cli-error.ts";
import { EXIT, type ExitCode } from "../../errors/exit-codes.ts";
import { describeAccount } from "../../profiles/account.ts";
import type { Config } from "../../profiles/config.ts";
import type { Profile } from "../../profiles/profile.ts";
import { vendors } from "../../profiles/vendors.ts";
import { inspectSession, type StoredSession } from "../../sessions/inspect-session.ts";
import { openWithoutLogin } from "../../sessions/open-without-login.ts";
import { openStoreIfAny, sessionFiles } from "../../sessions/session-store.ts";
import type { System } from "../../system/system.ts";

/** What happened to a session. */
export interface EndedSession {
  readonly exit: ExitCode;
  /** Absent if unknown. */
  readonly wasSignedIn?: boolean;
  /** Whether nothing of the session is left here. */
  readonly forgotten: boolean;
  /** Whether the vendor has ended the session too. */
  readonly endedAtVendor: boolean;
  /** When a session expires that the vendor has not ended, in ms since the epoch, if known. */
  readonly livesUntil?: number;
  readonly problem?: string;
  /** Nothing was tried and nothing may be removed, because the user can fix the cause. */
  readonly refused?: true;
}

/** How the result is reported. */
export interface LogoutReporter {
  readonly terminal: Terminal;
  /** Reports a success. */
  readonly success: (text: string) => void;
}

/**
 * Ends a profile's session here and at the vendor, and reports the result.
 * @param alsoEnds the other profiles of the session.
 */
export async function endSession(
  name: string,
  alsoEnds: readonly string[],
  profile: Profile,
  config: Config,
  { terminal, success }: LogoutReporter,
  signal: AbortSignal,
): Promise<EndedSession> {
  const { system } = terminal;
  const { title, signsOut } = vendors[profile.vendor];
  const names = [name, ...alsoEnds].join(", ");
  const warn = (text: string) => terminal.say(terminal.style("yellow", `Warning: ${text}`));
  try {
    const before = await inspectSession(system, name, profile, config);
    if (before.state === "not-signed-in") {
      success(`${name} was not signed in.`);
      return { exit: EXIT.ok, wasSignedIn: false, forgotten: true, endedAtVendor: false };
    }
    const cause = isUnread(before) ? before.problem : undefined;
    // A key that can be fixed still opens the session, which the vendor could then end.
    if (cause instanceof CliError && cause.exit === EXIT.usage) return { ...refuse(cause), refused: true };
    const { vendorError, storeError } = await forget(system, name, profile, config, signal);
    const end = before.expiresAt ?? before.idleEndsAt;
    const expiry = end === undefined ? "has no known expiry" : `expires at ${formatInstant(end)}`;
    const endedAtVendor = !isUnread(before) && vendorError === undefined && signsOut;
    const lives = endedAtVendor || end === undefined ? {} : { livesUntil: end };
    const over = { wasSignedIn: true, forgotten: storeError === undefined, endedAtVendor, ...lives };
    if (storeError !== undefined) {
      const at = endedAtVendor ? `${title} has ended it` : `at ${title}, it ${expiry}`;
      return { ...refuse(storeError, `the session could not be removed here (${at}): `), ...over };
    }
    if (isUnread(before)) {
      const why =
        cause === undefined ? "" : ` (${describeError(cause, { name, profile, system }).message.replace(/\.$/, "")})`;
      const problem = `it could not be read${why}, so the session was not ended at ${title}.`;
      warn(`the session of ${names} is removed here, but ${problem} It ${expiry} there.`);
      return { ...over, exit: EXIT.failed, problem };
    }
    if (vendorError !== undefined) {
      const { exit, message } = describeError(vendorError, { name, profile, system });
      const problem = `the session was not ended at ${title}: ${message}`;
      warn(`the session of ${names} is removed here, but ${problem} It ${expiry} there.`);
      return { ...over, exit: exit === EXIT.ok || exit === EXIT.usage ? EXIT.failed : exit, problem };
    }
    const where = `${title} as ${describeAccount(profile)} (${alsoEnds.length === 0 ? "profile" : "profiles"} ${names})`;
    if (!signsOut) {
      success(
        `${terminal.style("green", `Removed the session with ${where}.`)} The vendor has no sign-out: the session ${expiry} there.`,
      );
      return { ...over, exit: EXIT.ok };
    }
    success(terminal.style("green", `Signed out of ${where}.`));
    return { ...over, exit: EXIT.ok };
  } catch (error) {
    if (isInterrupt(error)) throw error;
    return refuse(error);
  }

  function refuse(error: unknown, before = ""): EndedSession & { readonly problem: string } {
    const { exit, message, hint } = describeError(error, { name, profile, system });
    const problem = `${before}${message}`;
    terminal.say(`${terminal.style("red", "vms:")} ${name}: ${problem}`);
    if (hint !== undefined) terminal.say(terminal.style("dim", hint));
    return { exit, forgotten: false, endedAtVendor: false, problem };
  }
}

function isUnread({ state }: StoredSession): boolean {
  return state === "key-missing" || state === "unreadable";
}

/** Removes the session here and ends it at the vendor. Returns the error of either. */
async function forget(
  system: System,
  name: string,
  profile: Profile,
  config: Config,
  signal: AbortSignal,
): Promise<{ readonly vendorError: unknown; readonly storeError: unknown }> {
  const store = await openToForget(system, config);
  const { session, problem } = await open(system, name, profile, config, store);
  let storeError: unknown;
  session.on("store_failed", ({ operation, error }) => {
    if (operation === "delete") storeError = error;
  });
  const vendorError = await session.logout({ signal }).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (isInterrupt(vendorError) && storeError === undefined) throw vendorError;
  return { vendorError: vendorError === undefined ? undefined : (problem ?? vendorError), storeError };
}

/** Without its certificates the vendor cannot be reached, but the session can still be removed here. */
async function open(
  system: System,
  name: string,
  profile: Profile,
  config: Config,
  store: SessionStore,
): Promise<{ session: Session; problem?: unknown }> {
  try {
    return { session: await openWithoutLogin(system, name, profile, config, store) };
  } catch (problem) {
    const { ca, ...rest } = profile;
    if (ca === undefined) throw problem;
    return { session: await openWithoutLogin(system, name, rest, config, store), problem };
  }
}

/** A session can be removed without its key. */
async function openToForget(system: System, config: Config): Promise<SessionStore> {
  const store = await openStoreIfAny(system, config).catch(() => undefined);
  return store ?? encryptedStore(sessionFiles(system), { key: randomBytes(32) });
}
