import type { Profile } from "../profiles/profile.ts";
import type { System } from "../system/system.ts";

/** The profile that an error concerns. */
export interface ErrorContext {
  readonly system: System;
  readonly name: string;
  readonly profile: Profile;
  /** The profile is not in the configuration in this form. */
  readonly unsaved?: boolean;
  /** The profile of that name in the configuration, if `unsaved`. */
  readonly saved?: Profile | undefined;
  /** The profile from which the user switched to this account. */
  readonly switchedFrom?: string;
  /** `vms doctor` is running, so that the hint must not recommend it. */
  readonly examined?: true;
}
