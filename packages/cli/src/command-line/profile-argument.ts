/** The description of the argument `[profile]`. */
export const PROFILE_ARGUMENT = "the profile (default: VMS_PROFILE, else the only profile)";
