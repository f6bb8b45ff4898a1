/** The description of the argument `[profile]`. */
export const PROFILE_ARGUMENT = "the profile (default: of VMS_PROFILE, else of vms profile use, else the only one)";
