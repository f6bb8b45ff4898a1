import type { Command } from "commander";
import { interruptible } from "../command-line/interrupt.ts";
import { PROFILE_ARGUMENT } from "../command-line/profile-argument.ts";
import type { Terminal } from "../command-line/terminal.ts";

/** The options of `vms renew`. */
interface RenewOptions {
  readonly passwordStdin?: true;
  readonly json?: true;
}

const HELP = `
Sessions are renewed by themselves where a password is known. This is for the others, and for a session that shall be
new at once, as after permissions have changed. The password is taken from standard input, the environment or where it
was saved; else it is asked for, where there is a terminal. The old session stays until a new one is there.

--json prints what vms status --json tells, of this profile alone, and newSession: whether it signed in just now.

Exit status: 0 signed in anew; 2 no such profile, or nothing to sign in with; 3 the vendor refused the credentials, the
code or the account; 5 the vendor cannot be reached; 130 Ctrl-C.

Examples:
  vms renew alta
  pass show acme/alta | vms renew alta --password-stdin
`;

export function defineRenew(program: Command, terminal: Terminal): void {
  program
    .command("renew")
    .description("Sign in anew, in place of the session that there is.")
    .argument("[profile]", PROFILE_ARGUMENT)
    .option("--password-stdin", "read the password from standard input")
    .option("--json", "print JSON")
    .addHelpText("after", HELP)
    .action(async (profile: string | undefined, options: RenewOptions) => {
      await renew(profile, options, terminal);
    });
}

async function renew(given: string | undefined, options: RenewOptions, terminal: Terminal): Promise<void> {
  const { readConfig } = await import("../profiles/config.ts");
  const { resolveProfile } = await import("../profiles/resolve-profile.ts");
  const { readPasswordFromStdin } = await import("../login/password-stdin.ts");
  const { signInAndSave } = await import("../login/sign-in-and-save.ts");
  await interruptible(async (signal) => {
    const config = await readConfig();
    const { name, profile } = resolveProfile(config, given);
    const password = await readPasswordFromStdin(options.passwordStdin);
    const json = options.json === true;
    await signInAndSave({
      name,
      profile,
      config,
      terminal,
      signal,
      given: password,
      save: undefined,
      renew: true,
      json,
    });
  });
}
