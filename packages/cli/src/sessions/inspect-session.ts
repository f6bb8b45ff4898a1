import { parseStoredValue } from "@vms/core/internal";
import { CliError } from "../errors/cli-error.ts";
import type { Config } from "../profiles/config.ts";
import { loginCommand, type Profile } from "../profiles/profile.ts";
import { missingKeyError } from "../secrets/session-key.ts";
import type { System } from "../system/system.ts";
import { NOT_SIGNED_IN, openWithoutLogin } from "./open-without-login.ts";
import { readOnlyStore } from "./read-only-store.ts";

/** What is known about a profile's session without asking the vendor. */
export interface StoredSession {
  /**
   * `"expired"`: a session exists, but can no longer be used. `"key-missing"`: a session exists, but its key does not.
   * `"unreadable"`: the session has another key, or is damaged.
   */
  readonly state: "signed-in" | "expired" | "not-signed-in" | "key-missing" | "unreadable";
  /** Where calls go. */
  readonly baseUrl?: string;
  readonly issuedAt?: number;
  /** Absolute expiry in ms since the epoch, if known. */
  readonly expiresAt?: number;
  /** How long the session lasts after its last use, in ms, if it has an idle timeout. */
  readonly idleTimeout?: number;
  /** When the session expires if it is not used before, in ms since the epoch. */
  readonly idleEndsAt?: number;
  /** When the session was last used, within a tenth of its idle timeout; unknown without an idle timeout. */
  readonly usedAt?: number;
  /** The error that prevented reading the session. */
  readonly problem?: unknown;
}

/** Inspects a profile's stored session. Sends nothing, writes nothing, creates no key. */
export async function inspectSession(
  system: System,
  name: string,
  profile: Profile,
  config: Config,
): Promise<StoredSession> {
  const { store, seen } = await readOnlyStore(system, config);
  // Certificates are not needed here. A missing file is reported when something is sent.
  const { ca: _, ...offline } = profile;
  let isSending = false;
  const session = await openWithoutLogin(system, name, offline, config, store, () => () => {
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
    const noKey = problem === undefined || (problem instanceof CliError && config.key === "keyring");
    const told = problem ?? missingKeyError(system, config, loginCommand(name, profile));
    return { state: noKey ? "key-missing" : "unreadable", problem: told };
  }
  const { session: record, history } = parseStoredValue(text);
  // The history of the logins stays after a sign-out.
  if (record === undefined && history !== undefined) return { state: "not-signed-in" };
  const issuedAt = record?.issuedAt;
  const lifetime = numberOr(profile.options?.lifetime);
  const idleTimeout = numberOr(profile.options?.idleTimeout) ?? record?.idleTimeout;
  // Stores record uses only with an idle timeout, which first counts from the login.
  const usedAt = record?.usedAt ?? (idleTimeout === undefined ? undefined : issuedAt);
  const known = issuedAt === undefined || lifetime === undefined ? undefined : issuedAt + lifetime;
  const ends = [record?.expiresAt, known].filter((end) => end !== undefined);
  const expiresAt = ends.length === 0 ? undefined : Math.min(...ends);
  return {
    state: live === undefined ? "expired" : "signed-in",
    ...(live === undefined ? {} : { baseUrl: live.baseUrl }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(usedAt === undefined ? {} : { usedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(idleTimeout === undefined ? {} : { idleTimeout }),
    ...(idleTimeout === undefined || usedAt === undefined ? {} : { idleEndsAt: usedAt + idleTimeout }),
  };
}

function numberOr(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
