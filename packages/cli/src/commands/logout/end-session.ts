import { randomBytes } from "node:crypto";
import { encryptedStore, type Session, type SessionStore } from "@vms/core";
import type { Config, Profile } from "../../config.ts";
import { EXIT, type ExitCode } from "../../exit-codes.ts";
import { failureOf, isInterrupt } from "../../failure.ts";
import { openStoreIfAny, sessionFiles } from "../../session-store.ts";
import { openWithoutSignIn, peekSession, type StoredSession } from "../../stored-session.ts";
import type { Terminal } from "../../terminal.ts";
import { vendors } from "../../vendors.ts";
import { instantOf } from "../../when.ts";
import { accountOf } from "../login/conflict.ts";

/** Ends a profile's session here and at the vendor, and says what became of it. */
export async function endSession(
  name: string,
  profile: Profile,
  config: Config,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { title, noSignOut } = vendors[profile.vendor];
  const warn = (text: string) => terminal.say(terminal.style("yellow", `Warning: ${text}`));
  try {
    const before = await peekSession(name, profile, config);
    if (before.state === "not-signed-in") {
      terminal.say(`${name} was not signed in.`);
      return EXIT.ok;
    }
    const problem = await forget(name, profile, config, signal);
    if (before.state === "key-missing" || before.state === "unreadable") {
      warn(`the session of ${name} is removed here, but could not be read: ${title} was not told. ${endOf(before)}`);
      return EXIT.failed;
    }
    if (problem !== undefined) {
      const { exit, message } = failureOf(problem, { name, profile });
      warn(`the session of ${name} is forgotten here, but ${title} was not told: ${message} ${endOf(before)}`);
      return exit === EXIT.ok || exit === EXIT.usage ? EXIT.failed : exit;
    }
    terminal.say(terminal.style("green", `Signed out of ${title} as ${accountOf(profile)}.`));
    if (noSignOut) terminal.say(`It is forgotten here; the vendor has no sign-out. ${endOf(before)}`);
    return EXIT.ok;
  } catch (error) {
    if (isInterrupt(error)) throw error;
    const { exit, message, hint } = failureOf(error, { name, profile });
    terminal.say(`${terminal.style("red", "vms:")} ${name}: ${message}`);
    if (hint !== undefined) terminal.say(terminal.style("dim", hint));
    return exit;
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

function endOf({ expiresAt, idleEndsAt }: StoredSession): string {
  const end = expiresAt ?? idleEndsAt;
  return end === undefined ? "It ends there when the vendor ends it." : `It ends there at ${instantOf(end)}.`;
}
