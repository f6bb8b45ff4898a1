import type { SecondFactor, Session, SessionOptions, SessionStore } from "@vms/core";
import type { Config } from "../profiles/config.ts";
import { loginCommand, type Profile } from "../profiles/profile.ts";
import { vendors } from "../profiles/vendors.ts";
import { environmentOptions, environmentTotp } from "../secrets/environment-secrets.ts";
import type { System } from "../system/system.ts";
import { createFetch, type FetchWrapper } from "./create-fetch.ts";
import { requirePassword } from "./require-password.ts";
import { openStore } from "./session-store.ts";

/** What a command can override. */
export interface OpenOptions {
  /** Default: the password of the environment, else the saved one, else the command fails with "not signed in". */
  readonly password?: () => string | Promise<string>;
  /** Default: codes from `<prefix>_TOTP`, if set. */
  readonly secondFactor?: SecondFactor;
  /** Cookies of a session that was created elsewhere. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** Default: the session store. Its key is created if necessary. */
  readonly store?: SessionStore;
  /** Wraps the `fetch` that sends requests. */
  readonly wrapFetch?: FetchWrapper;
}

/** Creates the session of a profile. */
export async function openSession(
  system: System,
  name: string,
  profile: Profile,
  config: Config,
  options: OpenOptions = {},
): Promise<Session> {
  const { vendor, username, url, ca } = profile;
  const { password = () => requirePassword(system, name, profile), cookies } = options;
  const secondFactor = options.secondFactor ?? (await environmentTotp(system, profile));
  const common: SessionOptions & { readonly baseUrl?: string } = {
    ...profile.options,
    ...environmentOptions(system, profile),
    credentials: { username, password },
    store: options.store ?? (await openStore(system, config, "refuse", loginCommand(name, profile))),
    userAgent: `vms-cli-${vendor}`,
    ...(url === undefined ? {} : { baseUrl: url }),
    ...(secondFactor === undefined ? {} : { secondFactor }),
    ...(cookies === undefined ? {} : { cookies }),
    ...(await createFetch(system, ca, options.wrapFetch)),
  };
  return vendors[vendor].create(common);
}
