import process from "node:process";
import type { Command } from "commander";
import { PROFILE_ARGUMENT } from "../command-line/profile-argument.ts";
import type { Terminal } from "../command-line/terminal.ts";

const HELP = `
The command finds in its environment, as far as the vendor has them:

  VMS_PROFILE, VMS_VENDOR       whose session it is
  VMS_URL                       where calls go, with a slash at its end
  VMS_TOKEN                     the bare token, or the value of the cookie
  VMS_AUTHORIZATION             the value of the header Authorization
  VMS_COOKIE                    the value of the header Cookie
  VMS_HEADER_<NAME>             the value of each header, these two among them
  VMS_QUERY                     what goes into the query, encoded
  VMS_USER_AGENT                what vms calls itself; some hosts refuse what HTTP clients are called by default

What signs in is removed from it: VMS_*_PASSWORD, VMS_*_PASSWORD_FILE, VMS_*_TOTP, VMS_*_API_KEY and VMS_SESSION_KEY.
The credential stays the same while the command runs, even if another vms renews the session.

Options of vms are before the profile. Without a profile, vms needs the -- before the command.

Signals are passed on. Exit status: the command's own; 128 + n where signal n ended it; 127 where it is not found, 126
where it cannot be run (on Windows, run a script such as npm by cmd /c npm …). Before it runs, that of vms: 2 no such
profile; 3 signing in is needed or was refused; 5 the vendor cannot be reached.

Examples:
  vms exec acme -- python report.py
  vms exec -- python report.py          the default profile: VMS_PROFILE, else the only one
  vms exec face -- sh -c 'printf "Authorization: %s" "$VMS_AUTHORIZATION" | curl -H @- "$VMS_URL"users/me/'
`;

export function defineExec(program: Command, terminal: Terminal): void {
  program
    .command("exec")
    .description("Run a command with the credential of a session in its environment.")
    .usage("[profile] [--] <command> [arguments…]")
    .argument("[profile]", PROFILE_ARGUMENT)
    .argument("[command...]", "the command and its arguments; options there are the command's own")
    // Options after the profile belong to the command.
    .passThroughOptions()
    .addHelpText("after", HELP)
    .action(async (_profile: unknown, _command: unknown, _options: unknown, own: Command) => {
      const { profile, dashed, command } = readWords(own.args, process.argv);
      const [first] = command;
      if (!dashed && (first === "--help" || first === "-h")) own.help();
      if (first === undefined) own.error("error: missing required argument 'command'");
      if (!dashed && first.startsWith("-")) own.error(`error: unknown option '${first}'`);
      const { getCredential } = await import("../credentials/credential.ts");
      const { credentialVariables } = await import("../credentials/credential-variables.ts");
      const { runChild } = await import("../command-line/run-child.ts");
      const variables = credentialVariables(await getCredential(profile));
      process.exitCode = await runChild(command, { ...withoutSecrets(process.env), ...variables }, terminal);
    });
}

/** What the words of the command line mean. */
interface ExecWords {
  /** `undefined` for the default profile. */
  readonly profile: string | undefined;
  /** Whether `--` precedes the command. */
  readonly dashed: boolean;
  readonly command: readonly string[];
}

/**
 * Reads `<profile> [--] <command>` or `-- <command>`.
 * @param words the words after the options of `vms exec`. The parser has removed a `--` before them.
 * @param argv the whole command line, which ends with these words.
 */
function readWords(words: readonly string[], argv: readonly string[]): ExecWords {
  if (argv.at(-words.length - 1) === "--") return { profile: undefined, dashed: true, command: words };
  const [profile, ...rest] = words;
  const dashed = rest[0] === "--";
  return { profile, dashed, command: dashed ? rest.slice(1) : rest };
}

/** The environment without the secrets that sign in, and without the credential of another profile. */
function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !SECRETS.test(name)));
}

// Case-insensitive, because Windows does not distinguish case.
const SECRETS =
  /^VMS_(.*_(PASSWORD|PASSWORD_FILE|TOTP|API_KEY)|SESSION_KEY|PROFILE|VENDOR|URL|TOKEN|AUTHORIZATION|COOKIE|HEADER_.*|QUERY|USER_AGENT)$/i;
