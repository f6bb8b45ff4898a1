import { encryptedStore, isVmsError, type Session, type SessionStore } from "@vms/core";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import type { Config, Profile } from "../profiles/config.ts";
import { loginCommand, type OpenOptions, openSession } from "./open-session.ts";
import { findKey, keyGone, sessionFiles } from "./session-store.ts";

/** What is known of a profile's session without asking the vendor. */
export interface StoredSession {
  /**
   * `"key-missing"`: there is a session, and nothing that opens it. `"unreadable"`: it is of another key, or damaged.
   */
  readonly state: "signed-in" | "ended" | "not-signed-in" | "key-missing" | "unreadable";
  /** Where calls go. */
  readonly baseUrl?: string;
  readonly issuedAt?: number;
  /** The absolute end, in ms since the epoch, where it is known. */
  readonly expiresAt?: number;
  /** How long it lives after its last use, in ms, where it has an idle end. */
  readonly idleTimeout?: number;
  /** When it ends if it is not used until then, in ms since the epoch. */
  readonly idleEndsAt?: number;
  /** When it was last used, give or take a tenth of its idle time; not known where it has no idle end. */
  readonly usedAt?: number;
  /** What keeps it from being read, where something does. */
  readonly problem?: unknown;
}

/** What the stored text of a session says that is no secret. */
type Times = Partial<Record<"issuedAt" | "expiresAt" | "idleTimeout" | "usedAt", number>>;

/** What is thrown in place of a password: then no sign-in is sent. */
export const NO_SIGN_IN: CliError = new CliError(EXIT.notSignedIn, "not signed in.");

/**
 * Opens a profile's session so that it may be used as long as it is good, and never signs in nor renews.
 * @param transport what sends requests, where it is not what the profile says.
 */
export function openWithoutSignIn(
  name: string,
  profile: Profile,
  config: Config,
  store: SessionStore,
  transport?: OpenOptions["transport"],
): Promise<Session> {
  const refuse = (): never => {
    throw NO_SIGN_IN;
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

/** Looks at a profile's stored session. It sends nothing and writes nothing, and makes no key. */
export async function peekSession(name: string, profile: Profile, config: Config): Promise<StoredSession> {
  const { store, seen } = await readingStore(config);
  // The certificates are not needed for this: a file that is gone is told when something is sent.
  const { ca: _, ...offline } = profile;
  let isSending = false;
  const session = await openWithoutSignIn(name, offline, config, store, () => () => {
    isSending = true;
    return Promise.reject(NO_SIGN_IN);
  });
  const live = await session.login().catch((error: unknown) => {
    if (error === NO_SIGN_IN || isSending) return undefined;
    throw error;
  });
  const { present, problem, text } = seen();
  const why = problem === undefined ? {} : { problem };
  if (!present) return { state: "not-signed-in", ...why };
  if (text === undefined) {
    const noKey = problem === undefined || problem instanceof CliError;
    const told = problem ?? keyGone(config, loginCommand(name, profile));
    return { state: noKey ? "key-missing" : "unreadable", problem: told };
  }
  const times = timesIn(text);
  const { issuedAt } = times;
  const lifetime = numberOr(profile.options?.lifetime);
  const idleTimeout = numberOr(profile.options?.idleTimeout) ?? times.idleTimeout;
  // A store is told of uses only where there is an idle end, which counts from the sign-in at first.
  const usedAt = times.usedAt ?? (idleTimeout === undefined ? undefined : issuedAt);
  const known = issuedAt === undefined || lifetime === undefined ? undefined : issuedAt + lifetime;
  const expiresAt =
    times.expiresAt !== undefined && known !== undefined
      ? Math.min(times.expiresAt, known)
      : (times.expiresAt ?? known);
  return {
    state: live === undefined ? "ended" : "signed-in",
    ...(live === undefined ? {} : { baseUrl: live.baseUrl }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(usedAt === undefined ? {} : { usedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(idleTimeout === undefined ? {} : { idleTimeout }),
    ...(idleTimeout === undefined || usedAt === undefined ? {} : { idleEndsAt: usedAt + idleTimeout }),
  };
}

interface Seen {
  /** Whether there is a session in the store, readable or not. */
  readonly present: boolean;
  readonly text: string | undefined;
  readonly problem: unknown;
}

/** A store that is only read, and what was seen in it. */
async function readingStore(config: Config): Promise<{ store: SessionStore; seen: () => Seen }> {
  let present = false;
  let text: string | undefined;
  let problem: unknown;
  const files = sessionFiles();
  const reading: SessionStore = {
    async get(key) {
      const value = await files.get(key);
      present ||= value !== undefined;
      return value;
    },
    set: async () => {},
    delete: async () => {},
  };
  const key = await findKey(config).catch((error: unknown) => {
    problem = error;
    return undefined;
  });
  const opened = key === undefined ? undefined : encryptedStore(reading, { key });
  const store: SessionStore = {
    ...reading,
    async get(name) {
      if (opened === undefined) return void (await reading.get(name));
      try {
        text = (await opened.get(name)) ?? text;
        return text;
      } catch (error) {
        problem = error;
        // What the files themselves refuse is there, too.
        present ||= isVmsError(error);
        throw error;
      }
    },
  };
  return { store, seen: () => ({ present, text, problem }) };
}

function timesIn(text: string): Times {
  try {
    const { issuedAt, expiresAt, idleTimeout, usedAt } = JSON.parse(text) as Partial<Record<keyof Times, unknown>>;
    const all = Object.entries({ issuedAt, expiresAt, idleTimeout, usedAt });
    return Object.fromEntries(all.filter(([, value]) => typeof value === "number")) as Times;
  } catch {
    return {};
  }
}

function numberOr(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
