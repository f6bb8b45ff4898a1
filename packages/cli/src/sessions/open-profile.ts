import type { AnyVmsError, Session } from "@vms/core";
import { withErrorContext } from "../error-messages/with-error-context.ts";
import { readConfig } from "../profiles/config.ts";
import { type NamedProfile, resolveProfile } from "../profiles/resolve-profile.ts";
import type { System } from "../system/system.ts";
import { type OpenOptions, openSession } from "./open-session.ts";
import { requirePassword } from "./require-password.ts";
import { whyNoSession } from "./why-no-session.ts";

/** An opened profile. Opening it sends nothing. */
export interface OpenProfile extends NamedProfile {
  readonly session: Session;
}

/**
 * Opens a profile of the configuration. Its session comes from the store, and is renewed if possible.
 * @param given the name of the profile. `undefined` for the default one.
 */
export async function openProfile(
  system: System,
  given: string | undefined,
  options: OpenOptions = {},
): Promise<OpenProfile> {
  const config = await readConfig(system);
  const { name, profile } = resolveProfile(system, config, given);
  // Explains, if no password is known, why the stored session cannot be used.
  let unread: AnyVmsError | undefined;
  let isRejected = false;
  const password = () =>
    requirePassword(system, name, profile, unread, () => whyNoSession(system, name, profile, config, isRejected));
  const session = await withErrorContext({ name, profile, system }, () =>
    openSession(system, name, profile, config, { password, ...options }),
  );
  session.on("store_failed", ({ operation, error }) => {
    if (operation === "get") unread = error;
  });
  session.on("rejected", () => {
    isRejected = true;
  });
  session.on("login", () => {
    isRejected = false;
  });
  return { name, profile, session };
}
