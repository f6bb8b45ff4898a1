import type { SecondFactor, Session, SessionOptions, SessionStore } from "@vms/core";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import type { Config } from "../profiles/config.ts";
import type { Profile } from "../profiles/profile.ts";
import { loginCommand } from "../profiles/profile.ts";
import { vendors } from "../profiles/vendors.ts";
import { environmentApiKey, environmentTotp } from "../secrets/environment-secrets.ts";
import { requirePassword } from "./require-password.ts";
import { openStore } from "./session-store.ts";
import type { Transport } from "./transport.ts";
import { createFetch } from "./transport.ts";

/** What a command may bring to a session beside its profile. */
export interface OpenOptions {
  /** Default: the environment's, else what was saved, else the command fails with "sign in". */
  readonly password?: () => string | Promise<string>;
  /** Default: codes out of `<prefix>_TOTP`, where that is set. */
  readonly secondFactor?: SecondFactor;
  /** Cookies of a session that was signed in elsewhere. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** Default: the store of the sessions, whose key is made where there is none. */
  readonly store?: SessionStore;
  /** Makes what sends requests. Default: the global `fetch`, or one that trusts the profile's certificates. */
  readonly transport?: Transport;
}

/** Makes the session of a profile. */
export async function openSession(
  name: string,
  profile: Profile,
  config: Config,
  options: OpenOptions = {},
): Promise<Session> {
  const { vendor, username, url, ca } = profile;
  const { password = () => requirePassword(name, profile), cookies } = options;
  const apiKey = vendor === "eagleeye" ? environmentApiKey(profile) : undefined;
  const secondFactor = options.secondFactor ?? (await environmentTotp(profile)) ?? refusalOfCodes(name, profile);
  const common: SessionOptions & { readonly baseUrl?: string } = {
    ...profile.options,
    credentials: { username, password },
    store: options.store ?? (await openStore(config, "refuse", loginCommand(name, profile))),
    userAgent: `vms-cli-${vendor}`,
    ...(url === undefined ? {} : { baseUrl: url }),
    ...(apiKey ? { apiKey } : {}),
    ...(secondFactor === undefined ? {} : { secondFactor }),
    ...(cookies === undefined ? {} : { cookies }),
    ...(await createFetch(ca, options.transport)),
  };
  return vendors[vendor].create(common);
}

/** Alta wants somebody to ask from the start where codes go into the login, also for a session that is live. */
function refusalOfCodes(name: string, profile: Profile): SecondFactor | undefined {
  if (profile.options?.codeIn !== "login") return undefined;
  return () => {
    const hint = `Sign in at a terminal: ${loginCommand(name, profile)}`;
    throw new CliError(EXIT.notSignedIn, `the profile "${name}" needs a code to sign in.`, hint);
  };
}
