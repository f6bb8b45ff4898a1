import type { Profile } from "../profiles/profile.ts";

/** Whose session something happened to. */
export interface ErrorContext {
  readonly name: string;
  readonly profile: Profile;
  /** Set where the configuration does not have it so, or not yet. */
  readonly unsaved?: boolean;
  /** The profile that this account was switched to from. */
  readonly switchedFrom?: string;
  /** Set for `vms doctor` itself, which is not told to be run. */
  readonly examined?: true;
}
