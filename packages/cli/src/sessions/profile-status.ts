import { isoTime } from "../command-line/format-time.ts";
import { describeError } from "../error-messages/describe-error.ts";
import type { Profile } from "../profiles/profile.ts";
import { profileHost } from "../profiles/urls.ts";
import type { System } from "../system/system.ts";
import type { StoredSession } from "./inspect-session.ts";

/** A profile, and what is known about its session. */
export interface ProfileStatus extends Omit<StoredSession, "state"> {
  readonly name: string;
  readonly profile: Profile;
  /** Additional states: the vendor rejected the session; its answer is unclear; the profile's options are invalid. */
  readonly state: StoredSession["state"] | "refused" | "unknown" | "wrong-options";
  /** The vendor's answer. `undefined` if the vendor was not asked. */
  readonly checked?: "valid" | "refused" | "failed";
}

/** The host of the API. Some vendors name it only at the login. */
export function apiHost({ profile, baseUrl }: Pick<ProfileStatus, "profile" | "baseUrl">): string {
  return baseUrl === undefined ? profileHost(profile) : new URL(baseUrl).host;
}

/** A profile and its session as JSON, for programs. */
export function profileStatusJson(system: System, row: ProfileStatus): Readonly<Record<string, unknown>> {
  return {
    profile: row.name,
    vendor: row.profile.vendor,
    account: row.profile.username,
    subaccount: row.profile.options?.account ?? null,
    host: apiHost(row),
    url: row.baseUrl ?? row.profile.url ?? null,
    state: row.state,
    signedIn: row.state === "signed-in",
    issuedAt: isoTime(row.issuedAt),
    expiresAt: isoTime(row.expiresAt),
    idleEndsAt: isoTime(row.idleEndsAt),
    usedAt: isoTime(row.usedAt),
    checked: row.checked ?? null,
    problem: row.problem === undefined ? null : describeError(row.problem, { ...row, system }).message,
  };
}
