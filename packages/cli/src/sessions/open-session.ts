import { readFile } from "node:fs/promises";
import type { AnyVmsError, SecondFactor, Session, SessionOptions, SessionStore } from "@vms/core";
import { codesFromEnvironment } from "../environment-codes.ts";
import { toldFor } from "../error-messages/with-error-context.ts";
import { CliError, usage } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { type Config, type Profile, profileOf, readConfig } from "../profiles/config.ts";
import { vendors } from "../profiles/vendors.ts";
import { environmentApiKey, knownPassword, whyNotGiven } from "../secrets/known-password.ts";
import { openStore } from "./session-store.ts";

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
  readonly transport?: (options: TransportOptions) => typeof globalThis.fetch;
}

/** What a transport is made with. */
export interface TransportOptions {
  /** The certificates to trust, PEM. Default: Node's own. */
  readonly ca: string | undefined;
  /** What sends requests where no transport is given. */
  readonly whole: typeof globalThis.fetch;
}

/** An opened profile. Opening it does no I/O at the vendor. */
export interface OpenProfile {
  readonly name: string;
  readonly profile: Profile;
  readonly session: Session;
}

/** Opens a profile that is in the configuration: its session is taken from the store, and renewed where that is possible. */
export async function openProfile(name: string, options: OpenOptions = {}): Promise<OpenProfile> {
  const config = await readConfig();
  const profile = profileOf(config, name);
  // Whoever cannot be signed in wants to know why the stored session is of no use.
  let unread: AnyVmsError | undefined;
  const password = () => passwordOrRefusal(name, profile, unread);
  const session = await toldFor({ name, profile }, () => openSession(name, profile, config, { password, ...options }));
  session.on("store_failed", ({ operation, error }) => {
    if (operation === "get") unread = error;
  });
  return { name, profile, session };
}

/** Makes the session of a profile. */
export async function openSession(
  name: string,
  profile: Profile,
  config: Config,
  options: OpenOptions = {},
): Promise<Session> {
  const { vendor, username, url, ca } = profile;
  const { password = () => passwordOrRefusal(name, profile), cookies } = options;
  const apiKey = vendor === "eagleeye" ? environmentApiKey(profile) : undefined;
  const secondFactor = options.secondFactor ?? (await codesFromEnvironment(profile)) ?? refusalOfCodes(name, profile);
  const common: SessionOptions & { readonly baseUrl?: string } = {
    ...profile.options,
    credentials: { username, password },
    store: options.store ?? (await openStore(config, "refuse", loginCommand(name, profile))),
    userAgent: `vms-cli-${vendor}`,
    ...(url === undefined ? {} : { baseUrl: url }),
    ...(apiKey ? { apiKey } : {}),
    ...(secondFactor === undefined ? {} : { secondFactor }),
    ...(cookies === undefined ? {} : { cookies }),
    ...(await fetchOf(ca, options.transport)),
  };
  return vendors[vendor].create(common);
}

async function passwordOrRefusal(name: string, profile: Profile, unread?: AnyVmsError): Promise<string> {
  const known = await knownPassword(profile);
  if (known !== undefined) return known.password;
  if (unread !== undefined) {
    // Loaded late, as most runs do without.
    const { failureOf } = await import("../error-messages/describe-error.ts");
    const { message, hint = `Sign in: ${loginCommand(name, profile)}` } = failureOf(unread, { name, profile });
    const told = `the session of the profile "${name}" cannot be used: ${message}`;
    throw new CliError(EXIT.notSignedIn, told, hint, unread);
  }
  const why = whyNotGiven(profile);
  throw new CliError(
    EXIT.notSignedIn,
    `the profile "${name}" is not signed in, or its session has ended.${why === undefined ? "" : ` ${why}`}`,
    `Sign in: ${loginCommand(name, profile)}`,
  );
}

/** The command line that signs a profile in. */
export function loginCommand(name: string, { vendor }: Profile): string {
  return `vms login ${vendor}${name === vendor ? "" : ` --profile ${name}`}`;
}

/** Alta wants somebody to ask from the start where codes go into the login, also for a session that is live. */
function refusalOfCodes(name: string, profile: Profile): SecondFactor | undefined {
  if (profile.options?.codeIn !== "login") return undefined;
  return () => {
    const hint = `Sign in at a terminal: ${loginCommand(name, profile)}`;
    throw new CliError(EXIT.notSignedIn, `the profile "${name}" needs a code to sign in.`, hint);
  };
}

async function fetchOf(
  path: string | undefined,
  transport: OpenOptions["transport"],
): Promise<Pick<SessionOptions, "fetch">> {
  const ca = path === undefined ? undefined : await certificates(path);
  if (transport === undefined) return ca === undefined ? {} : { fetch: await fetchWith(ca) };
  let trusting: ReturnType<typeof fetchWith> | undefined;
  const whole: typeof globalThis.fetch = async (input, init) => {
    if (ca === undefined) return globalThis.fetch(input, init);
    trusting ??= fetchWith(ca);
    return (await trusting)(input, init);
  };
  return { fetch: transport({ ca, whole }) };
}

function certificates(path: string): Promise<string> {
  return readFile(path, "utf8").catch((): never => {
    throw usage(`the certificates in ${path} cannot be read.`, "Sign in again with --ca and the right path.");
  });
}

async function fetchWith(ca: string): Promise<typeof globalThis.fetch> {
  return (await import("@vms/core/node")).nodeFetch({ ca });
}
