import { type Command, Option } from "commander";
import { PROFILE_ARGUMENT } from "../command-line/profile-argument.ts";
import type { Terminal } from "../command-line/terminal.ts";

const HELP = `
The output is a secret: anyone who has it can use the account until the session ends. Keep it out of logs and of command
lines, which others on the machine can list. If only one command needs it, use vms exec.

  header       Name: value, one per line
  curl         options for curl -K -
  cookies.txt  for curl -b, wget and others, if the credential is a cookie
  env          lines for a shell: VMS_PROFILE, VMS_VENDOR, VMS_URL, VMS_TOKEN, VMS_AUTHORIZATION, VMS_COOKIE,
               VMS_HEADER_<NAME> for each header, VMS_QUERY, VMS_USER_AGENT; if the vendor has them
  postman      an environment to import: {{baseUrl}}, and a variable for each header, such as {{authorization}}
  json         profile, vendor, account, url, expiresAt, headers, searchParams, cookies

If the session has expired and a password is known, vms renews it. This command does not notice if the vendor has ended
the session early. vms api notices that, and renews the session.

Exit status: 0 printed; 2 no such profile, or no such format of its credential; 3 a login is needed or was refused;
5 the vendor cannot be reached; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms export acme --format curl | curl -K - https://acme.eu.alta.avigilon.com/api/v1/alarmZones
  (umask 077; vms export acme --format cookies.txt > jar.txt); curl -b jar.txt …
  eval "$(vms export acme --format env)"      acme is then the default profile of vms in this shell
`;

export function defineExport(program: Command, terminal: Terminal): void {
  program
    .command("export")
    .description("Print the credential of a session for another tool. It is a secret.")
    .argument("[profile]", PROFILE_ARGUMENT)
    .addOption(
      new Option("-f, --format <format>", "the format")
        .choices(["header", "curl", "cookies.txt", "env", "postman", "json"])
        .default("header"),
    )
    .addHelpText("after", HELP)
    .action(async (profile: string | undefined, { format }: { readonly format: string }) => {
      const { getCredential } = await import("../credentials/credential.ts");
      const { credentialFormats } = await import("../credentials/credential-formats.ts");
      const { warnOfSecret } = await import("../credentials/warn-of-secret.ts");
      await terminal.out(credentialFormats[format]?.(await getCredential(terminal.system, profile)) ?? "");
      warnOfSecret(terminal);
    });
}
