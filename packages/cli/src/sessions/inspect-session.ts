import { CliError } from "../errors/cli-error.ts";
import type { Config } from "../profiles/config.ts";
import type { Profile } from "../profiles/profile.ts";
import { loginCommand } from "../profiles/profile.ts";
import { missingKeyError } from "../secrets/session-key.ts";
import { NOT_SIGNED_IN, openWithoutLogin } from "./open-without-login.ts";
import { readOnlyStore } from "./read-only-store.ts";

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

/** Looks at a profile's stored session. It sends nothing and writes nothing, and makes no key. */
export async function inspectSession(name: string, profile: Profile, config: Config): Promise<StoredSession> {
  const { store, seen } = await readOnlyStore(config);
  // The certificates are not needed for this: a file that is gone is told when something is sent.
  const { ca: _, ...offline } = profile;
  let isSending = false;
  const session = await openWithoutLogin(name, offline, config, store, () => () => {
    isSending = true;
    return Promise.reject(NOT_SIGNED_IN);
  });
  const live = await session.login().catch((error: unknown) => {
    if (error === NOT_SIGNED_IN || isSending) return undefined;
    throw error;
  });
  const { present, problem, text } = seen();
  const why = problem === undefined ? {} : { problem };
  if (!present) return { state: "not-signed-in", ...why };
  if (text === undefined) {
    const noKey = problem === undefined || problem instanceof CliError;
    const told = problem ?? missingKeyError(config, loginCommand(name, profile));
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
