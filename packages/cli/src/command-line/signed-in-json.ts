/** What `--json` of a command that signs in prints, for its help. */
export const SIGNED_IN_JSON =
  "--json prints the same object as vms status --json for this profile, and newSession: whether vms signed in just now.";
