import { type Command, Option } from "commander";
import { helpText } from "../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../command-line/profile-argument.ts";
import type { Terminal } from "../command-line/terminal.ts";

const HELP = `
The output is a secret: anyone who has it can use the account until the session expires. Keep it out of logs, and out
of command lines, which other users can read. For a single command, use vms exec.

The formats:
  header       Name: value, one per line
  curl         options for curl -K -
  cookies.txt  for curl -b, wget and others; only if the credential is a cookie
  env          lines for a shell, with the variables that vms help exec lists
  postman      an environment to import: {{baseUrl}}, and a variable for each
               header, such as {{authorization}}
  json         profile, vendor, account, url, expiresAt, headers, searchParams,
               cookies

If the session has expired and vms knows the password, it signs in again. vms export does not notice that the vendor
has ended a session early. vms api does, and signs in again.

Exit status: 0 success; 2 no such profile, or the format does not fit the credential; 3 a login is needed or was rejected;
5 the vendor cannot be reached; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms export acme -f curl | curl -K - https://acme.eu.alta.avigilon.com/…
  (umask 077; vms export acme -f cookies.txt > jar.txt); curl -b jar.txt …
  eval "$(vms export acme -f env)"     also makes acme the default profile
`;

export function defineExport(program: Command, terminal: Terminal): void {
  program
    .command("export")
    .description("Print the credential of a session for another tool.")
    .argument("[profile]", PROFILE_ARGUMENT)
    .addOption(
      new Option("-f, --format <format>", "the format")
        .choices(["header", "curl", "cookies.txt", "env", "postman", "json"])
        .default("header"),
    )
    .addHelpText("after", () => helpText(terminal, "export", HELP))
    .action(async (profile: string | undefined, { format }: { readonly format: string }) => {
      const { getCredential } = await import("../credentials/credential.ts");
      const { credentialFormats } = await import("../credentials/credential-formats.ts");
      const { warnOfSecret } = await import("../credentials/warn-of-secret.ts");
      await terminal.out(credentialFormats[format]?.(await getCredential(terminal.system, profile)) ?? "");
      warnOfSecret(terminal);
    });
}
