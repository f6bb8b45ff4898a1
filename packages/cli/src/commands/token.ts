import type { Command } from "commander";
import { PROFILE_ARGUMENT } from "../command-line/profile-argument.ts";
import type { Terminal } from "../command-line/terminal.ts";

const HELP = `
It prints the token, or the value of the cookie, and nothing else: the credential as the vendor's documentation speaks
of it. It is a secret. With the name of the header, and for other tools: vms export.

A session that has ended is renewed where a password is known. One that only the vendor knows to be over is given out:
a call by vms api finds that out, and renews it.

Exit status: 0 printed; 2 no such profile; 3 signing in is needed or was refused; 5 the vendor cannot be reached;
130 Ctrl-C.

Example:
  printf 'Authorization: Token %s\\n' "$(vms token face)" | curl -H @- https://face.example/users/me/
`;

export function defineToken(program: Command, terminal: Terminal): void {
  program
    .command("token")
    .description("Print the bare credential of a session. It is a secret.")
    .argument("[profile]", PROFILE_ARGUMENT)
    .addHelpText("after", HELP)
    .action(async (profile: string | undefined) => {
      const { bareToken, getCredential } = await import("../credentials/credential.ts");
      const { warnOfSecret } = await import("../credentials/warn-of-secret.ts");
      await terminal.out(`${bareToken(await getCredential(profile))}\n`);
      warnOfSecret(terminal);
    });
}
