import type { Command } from "commander";
import { helpText } from "../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../command-line/profile-argument.ts";
import { SIGNED_IN_JSON } from "../command-line/signed-in-json.ts";
import type { Terminal } from "../command-line/terminal.ts";

/** The options of `vms renew`. */
interface RenewOptions {
  readonly passwordStdin?: true;
  readonly json?: true;
}

const HELP = `
If vms knows the password, it renews sessions automatically. Use vms renew if it does not, or to replace a session at
once, for example after your permissions have changed.

The password comes from standard input, else the environment, else where it is saved. Otherwise vms prompts for it at a
terminal. The old session stays in use until the new one exists.

${SIGNED_IN_JSON}

Exit status: 0 signed in; 2 no such profile, or no password; 3 the vendor rejected the credentials, the code or the
account; 5 the vendor cannot be reached; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms renew alta
  pass show acme/alta | vms renew alta --password-stdin
`;

export function defineRenew(program: Command, terminal: Terminal): void {
  program
    .command("renew")
    .description("Sign in again, and replace the stored session.")
    .argument("[profile]", PROFILE_ARGUMENT)
    .option("--password-stdin", "read the password from standard input")
    .option("--json", "print JSON")
    .addHelpText("after", () => helpText(terminal, "renew", HELP))
    .action(async (profile: string | undefined, options: RenewOptions) => {
      await renew(profile, options, terminal);
    });
}

async function renew(given: string | undefined, options: RenewOptions, terminal: Terminal): Promise<void> {
  const { readConfig } = await import("../profiles/config.ts");
  const { resolveProfile } = await import("../profiles/resolve-profile.ts");
  const { cancellable } = await import("../login/cancellable.ts");
  const { readPasswordFromStdin } = await import("../login/password-stdin.ts");
  const { signInAndSave } = await import("../login/sign-in-and-save.ts");
  const { system } = terminal;
  await cancellable(terminal, async (signal) => {
    const config = await readConfig(system);
    const { name, profile } = resolveProfile(system, config, given);
    const password = await readPasswordFromStdin(system, options.passwordStdin);
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
