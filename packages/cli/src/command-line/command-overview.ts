/** The commands by what they are for. */
const GROUPS: readonly (readonly [commands: string, purpose: string])[] = [
  ["login, logout, renew", "Sign in, sign out, sign in again."],
  ["status", "Show which profiles are signed in, and until when."],
  ["profile, account", "Choose and manage profiles. Change the account."],
  ["api", "Call the vendor's API, signed in."],
  ["exec, proxy", "Run a program with a credential, or serve it the API."],
  ["token, export, import", "Print the credential, or store one."],
  ["simulator", "Run the vendors' servers on this machine, to try vms."],
  ["doctor", "Find out why a profile does not work."],
  ["completion, help", "Complete commands in a shell. Show all details."],
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
More: vms <command> --help, and the details: vms help [<command>]
`;
}
