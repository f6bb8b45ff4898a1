import type { Command } from "commander";
import { helpText } from "../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../command-line/profile-argument.ts";
import type { Terminal } from "../command-line/terminal.ts";

const HELP = `
This command prints only the token or the value of the cookie, as in the vendor's documentation. It is a secret. For the
whole header, and for other tools: vms export.

If the session has expired and a password is known, vms renews it. This command does not notice if the vendor has ended
the session early. vms api notices that, and renews the session.

Exit status: 0 printed; 2 no such profile; 3 a login is needed or was rejected; 5 the vendor cannot be reached;
130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Example:
  printf 'Authorization: Token %s\\n' "$(vms token face)" |
    curl -H @- https://face.example/users/me/
`;

export function defineToken(program: Command, terminal: Terminal): void {
  program
    .command("token")
    .description("Print the bare credential of a session.")
    .argument("[profile]", PROFILE_ARGUMENT)
    .addHelpText("after", () => helpText(terminal, "token", HELP))
    .action(async (profile: string | undefined) => {
      const { bareToken, getCredential } = await import("../credentials/credential.ts");
      const { warnOfSecret } = await import("../credentials/warn-of-secret.ts");
      await terminal.out(`${bareToken(await getCredential(terminal.system, profile))}\n`);
      warnOfSecret(terminal);
    });
}
