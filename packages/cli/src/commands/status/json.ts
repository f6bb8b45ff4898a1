import { failureOf } from "../../error-messages/describe-error.ts";
import { type ProfileStatus, placeOf } from "../../sessions/profile-status.ts";

/** A profile and its session, for a program. */
export function toObject(row: ProfileStatus): Readonly<Record<string, unknown>> {
  return {
    profile: row.name,
    vendor: row.profile.vendor,
    account: row.profile.username,
    subaccount: row.profile.options?.account ?? null,
    host: placeOf(row),
    url: row.baseUrl ?? row.profile.url ?? null,
    state: row.state,
    signedIn: row.state === "signed-in",
    issuedAt: isoOf(row.issuedAt),
    expiresAt: isoOf(row.expiresAt),
    idleEndsAt: isoOf(row.idleEndsAt),
    usedAt: isoOf(row.usedAt),
    problem: row.problem === undefined ? null : failureOf(row.problem, row).message,
  };
}

/** An instant as JSON has it; `null` where it is not known. */
export function isoOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
