/** The description of the argument `[profile]`. */
export const PROFILE_ARGUMENT = "the profile (default: see vms help profile)";
