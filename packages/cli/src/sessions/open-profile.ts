import type { AnyVmsError, Session } from "@vms/core";
import { withErrorContext } from "../error-messages/with-error-context.ts";
import { readConfig } from "../profiles/config.ts";
import { requireProfile } from "../profiles/find-profile.ts";
import type { Profile } from "../profiles/profile.ts";
import { type OpenOptions, openSession } from "./open-session.ts";
import { requirePassword } from "./require-password.ts";

/** An opened profile. Opening it sends nothing. */
export interface OpenProfile {
  readonly name: string;
  readonly profile: Profile;
  readonly session: Session;
}

/** Opens a profile of the configuration. Its session comes from the store, and is renewed if possible. */
export async function openProfile(name: string, options: OpenOptions = {}): Promise<OpenProfile> {
  const config = await readConfig();
  const profile = requireProfile(config, name);
  // Explains, if no password is known, why the stored session cannot be used.
  let unread: AnyVmsError | undefined;
  const password = () => requirePassword(name, profile, unread);
  const session = await withErrorContext({ name, profile }, () =>
    openSession(name, profile, config, { password, ...options }),
  );
  session.on("store_failed", ({ operation, error }) => {
    if (operation === "get") unread = error;
  });
  return { name, profile, session };
}
