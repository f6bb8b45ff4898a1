import { hostOf } from "../login/url-problem.ts";
import type { Profile } from "../profiles/config.ts";
import type { StoredSession } from "./inspect-session.ts";

/** A profile, and what is known of its session. */
export interface ProfileStatus extends Omit<StoredSession, "state"> {
  readonly name: string;
  readonly profile: Profile;
  /**
   * Beside those of a stored session: the vendor refused it; did not say; or the profile's options are of no use.
   */
  readonly state: StoredSession["state"] | "refused" | "unknown" | "wrong-options";
}

/** Where calls go, which for some vendors is known only after signing in. */
export function placeOf({ profile, baseUrl }: Pick<ProfileStatus, "profile" | "baseUrl">): string {
  return baseUrl === undefined ? hostOf(profile) : new URL(baseUrl).host;
}
