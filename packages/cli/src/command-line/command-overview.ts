/** The commands by purpose. */
const GROUPS: readonly (readonly [commands: string, purpose: string])[] = [
  ["login, logout, renew", "Sign in, sign out, sign in again."],
  ["status", "Show which profiles are signed in, and until when."],
  ["profile, account", "Manage profiles. Switch to another account."],
  ["api", "Call the vendor's API with the session."],
  ["exec, proxy", "Run a program with the credential, or serve it the API."],
  ["token, export, import", "Print the credential, or store one."],
  ["simulator", "Run the vendors' servers on this machine, to try vms."],
  ["doctor", "Find out why a profile does not work."],
  ["completion, help", "Complete commands in the shell. Show the full help."],
];

/** What `vms` alone prints: all commands, for a screen of 24 lines and 80 columns. `vms help` prints more. */
export function commandOverview(description: string, vendors: readonly string[]): string {
  return `Usage: vms <command> [options]

${description}

Commands:
${GROUPS.map(([commands, purpose]) => `  ${commands.padEnd(23)}${purpose}`).join("\n")}

Examples:
  vms login alta --simulator     no account yet? Run vms simulator first
  vms login alta --url https://acme.eu.alta.avigilon.com
  vms api alta api/v1/alarmZones

Vendors: ${vendors.join(", ")}.
Options: --help, --version, --verbose (details of errors).
More: vms <command> --help. Full help: vms help [<command>]
`;
}
