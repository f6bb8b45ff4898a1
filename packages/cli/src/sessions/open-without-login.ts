import type { Session, SessionStore } from "@vms/core";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import type { Config } from "../profiles/config.ts";
import type { Profile } from "../profiles/profile.ts";
import { vendors } from "../profiles/vendors.ts";
import type { System } from "../system/system.ts";
import type { FetchWrapper } from "./create-fetch.ts";
import { openSession } from "./open-session.ts";

/** Thrown instead of returning a password, so that no login is sent. */
export const NOT_SIGNED_IN: CliError = new CliError(EXIT.notSignedIn, "not signed in.");

/**
 * Opens a profile's session for use while it is valid. It never signs in or renews.
 * @param wrapFetch wraps the `fetch` that sends requests. Requests are then sent once, without retries.
 */
export function openWithoutLogin(
  system: System,
  name: string,
  profile: Profile,
  config: Config,
  store: SessionStore,
  wrapFetch?: FetchWrapper,
): Promise<Session> {
  const refuse = (): never => {
    throw NOT_SIGNED_IN;
  };
  // Without the lock: it is held during a login, which may be waiting for a person.
  const { withLock: _, ...unlocked } = store;
  // A file can sign in without a password, so it is refused too.
  const { options: described } = vendors[profile.vendor];
  const files = Object.keys(profile.options ?? {}).filter((name) => described[name]?.type === "file");
  const once = wrapFetch === undefined ? {} : { retry: { attempts: 1 } };
  const refused = Object.fromEntries(files.map((name) => [name, refuse]));
  const options = { ...profile.options, ...refused, ...once, renewBefore: 1 };
  return openSession(system, name, { ...profile, options }, config, {
    store: unlocked,
    password: refuse,
    secondFactor: refuse,
    ...(wrapFetch === undefined ? {} : { wrapFetch }),
  });
}
