import type { Session, SessionStore } from "@vms/core";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import type { Config } from "../profiles/config.ts";
import type { Profile } from "../profiles/profile.ts";
import { openSession } from "./open-session.ts";
import type { Transport } from "./transport.ts";

/** What is thrown in place of a password: then no sign-in is sent. */
export const NOT_SIGNED_IN: CliError = new CliError(EXIT.notSignedIn, "not signed in.");

/**
 * Opens a profile's session so that it may be used as long as it is good, and never signs in nor renews.
 * @param transport what sends requests, where it is not what the profile says.
 */
export function openWithoutLogin(
  name: string,
  profile: Profile,
  config: Config,
  store: SessionStore,
  transport?: Transport,
): Promise<Session> {
  const refuse = (): never => {
    throw NOT_SIGNED_IN;
  };
  // The lock is for signing in: who holds it may be asking a person, and is not waited for.
  const { withLock: _, ...unlocked } = store;
  // Whose face signs in is asked for no password; the face is refused instead.
  const face = profile.options?.face === undefined ? {} : { face: refuse };
  const once = transport === undefined ? {} : { retry: { attempts: 1 } };
  const options = { ...profile.options, ...face, ...once, renewBefore: 1 };
  return openSession(name, { ...profile, options }, config, {
    store: unlocked,
    password: refuse,
    secondFactor: refuse,
    ...(transport === undefined ? {} : { transport }),
  });
}
