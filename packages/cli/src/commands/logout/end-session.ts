import { randomBytes } from "node:crypto";
import { encryptedStore, type Session, type SessionStore } from "@vms/core";
import type { Config, Profile } from "../../config.ts";
import { EXIT, type ExitCode } from "../../exit-codes.ts";
import { failureOf, isInterrupt } from "../../failure.ts";
import { openStoreIfAny, sessionFiles } from "../../session-store.ts";
import { openWithoutSignIn, peekSession } from "../../stored-session.ts";
import type { Terminal } from "../../terminal.ts";
import { vendors } from "../../vendors.ts";
import { instantOf } from "../../when.ts";
import { accountOf } from "../login/conflict.ts";

/** What became of a session. */
export interface Ended {
  readonly exit: ExitCode;
  /** Absent where that could not be found out. */
  readonly wasSignedIn?: boolean;
  /** Whether nothing of it is left here. */
  readonly forgotten: boolean;
  /** Whether the vendor has ended it, too. */
  readonly endedAtVendor: boolean;
  /** When a session ends that the vendor has not ended, in ms since the epoch, where that is known. */
  readonly livesUntil?: number;
  readonly problem?: string;
}

/** How it is told what became of a session. */
export interface Telling {
  readonly terminal: Terminal;
  /** Says what went well. */
  readonly well: (text: string) => void;
}

/** Ends a profile's session here and at the vendor, and says what became of it. */
export async function endSession(
  name: string,
  profile: Profile,
  config: Config,
  { terminal, well }: Telling,
  signal: AbortSignal,
): Promise<Ended> {
  const { title, noSignOut } = vendors[profile.vendor];
  const warn = (text: string) => terminal.say(terminal.style("yellow", `Warning: ${text}`));
  try {
    const before = await peekSession(name, profile, config);
    if (before.state === "not-signed-in") {
      well(`${name} was not signed in.`);
      return { exit: EXIT.ok, wasSignedIn: false, forgotten: true, endedAtVendor: false };
    }
    const failure = await forget(name, profile, config, signal);
    const end = before.expiresAt ?? before.idleEndsAt;
    const ends = end === undefined ? "when the vendor ends it" : `at ${instantOf(end)}`;
    const over = { wasSignedIn: true, forgotten: true };
    const left = { ...over, endedAtVendor: false, ...(end === undefined ? {} : { livesUntil: end }) };
    if (before.state === "key-missing" || before.state === "unreadable") {
      const problem = `it could not be read, so that ${title} was not told.`;
      warn(`the session of ${name} is forgotten here, but ${problem} It ends there ${ends}.`);
      return { ...left, exit: EXIT.failed, problem };
    }
    if (failure !== undefined) {
      const { exit, message } = failureOf(failure, { name, profile });
      const problem = `${title} was not told: ${message}`;
      warn(`the session of ${name} is forgotten here, but ${problem} It ends there ${ends}.`);
      return { ...left, exit: exit === EXIT.ok || exit === EXIT.usage ? EXIT.failed : exit, problem };
    }
    const where = `${title} as ${accountOf(profile)}`;
    if (noSignOut) {
      well(
        `${terminal.style("green", `Forgot the session with ${where}.`)} The vendor has no sign-out: it ends there ${ends}.`,
      );
      return { ...left, exit: EXIT.ok };
    }
    well(terminal.style("green", `Signed out of ${where}.`));
    return { ...over, exit: EXIT.ok, endedAtVendor: true };
  } catch (error) {
    if (isInterrupt(error)) throw error;
    const { exit, message, hint } = failureOf(error, { name, profile });
    terminal.say(`${terminal.style("red", "vms:")} ${name}: ${message}`);
    if (hint !== undefined) terminal.say(terminal.style("dim", hint));
    return { exit, forgotten: false, endedAtVendor: false, problem: message };
  }
}

/**
 * Forgets the session, then tells the vendor.
 * @returns what kept the vendor from being told.
 * @throws what kept the session from being forgotten.
 */
async function forget(name: string, profile: Profile, config: Config, signal: AbortSignal): Promise<unknown> {
  const store = await openToForget(config);
  const { session, problem } = await open(name, profile, config, store);
  let left: unknown;
  session.on("store_failed", ({ operation, error }) => {
    if (operation === "delete") left = error;
  });
  const told = await session.logout({ signal }).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (left !== undefined) throw left;
  if (isInterrupt(told)) throw told;
  return told === undefined ? undefined : (problem ?? told);
}

/** Without its certificates the vendor cannot be told; the session is forgotten all the same. */
async function open(
  name: string,
  profile: Profile,
  config: Config,
  store: SessionStore,
): Promise<{ session: Session; problem?: unknown }> {
  try {
    return { session: await openWithoutSignIn(name, profile, config, store) };
  } catch (problem) {
    const { ca, ...rest } = profile;
    if (ca === undefined) throw problem;
    return { session: await openWithoutSignIn(name, rest, config, store), problem };
  }
}

/** Also without the key, a session can be removed. */
async function openToForget(config: Config): Promise<SessionStore> {
  const store = await openStoreIfAny(config).catch(() => undefined);
  return store ?? encryptedStore(sessionFiles(), { key: randomBytes(32) });
}
