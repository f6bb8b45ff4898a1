import type { Command } from "commander";
import { helpText } from "../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../command-line/profile-argument.ts";
import type { Terminal } from "../command-line/terminal.ts";

const HELP = `
The output is only the token, or the value of the cookie, as the vendor's documentation describes it. It is a secret.
For the whole header and other formats: vms export.

If the session has expired and vms knows the password, it signs in again. vms token does not notice that the vendor has
ended a session early. vms api does, and signs in again.

Exit status: 0 success; 2 no such profile; 3 a login is needed or was rejected; 5 the vendor cannot be reached;
130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Example:
  printf 'Authorization: Token %s\\n' "$(vms token face)" |
    curl -H @- https://face.example/users/me/
`;

export function defineToken(program: Command, terminal: Terminal): void {
  program
    .command("token")
    .description("Print the token or cookie of a session.")
    .argument("[profile]", PROFILE_ARGUMENT)
    .addHelpText("after", () => helpText(terminal, "token", HELP))
    .action(async (profile: string | undefined) => {
      const { bareToken, getCredential } = await import("../credentials/credential.ts");
      const { warnOfSecret } = await import("../credentials/warn-of-secret.ts");
      await terminal.out(`${bareToken(await getCredential(terminal.system, profile))}\n`);
      warnOfSecret(terminal);
    });
}
