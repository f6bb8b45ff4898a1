import type { Command } from "commander";
import { helpText } from "../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../command-line/profile-argument.ts";
import type { Terminal } from "../command-line/terminal.ts";
import { vendors } from "../profiles/vendors.ts";
import type { Environment } from "../system/system.ts";

/** The variables of the vendors' options that are secrets. */
const OPTION_SECRETS = Object.values(vendors).flatMap(({ secrets }) => Object.values(secrets));

const HELP = `
The command receives the credential in variables such as VMS_TOKEN, VMS_AUTHORIZATION, VMS_COOKIE and VMS_URL. Options
of vms go before the profile. Without a profile, write -- before the command.

The variables, if the session has such a value:
  VMS_PROFILE, VMS_VENDOR   the profile and its vendor
  VMS_URL                   the URL of the API, with a trailing slash
  VMS_TOKEN                 the token, or the value of the cookie
  VMS_AUTHORIZATION         the value of the header Authorization
  VMS_COOKIE                the value of the header Cookie
  VMS_HEADER_<NAME>         the value of each header, including these two
  VMS_QUERY                 the parameters for the query, encoded
  VMS_USER_AGENT            the user agent of vms; some hosts reject the default
                            ones of HTTP clients

The command does not receive the secrets for a login: VMS_*_PASSWORD, VMS_*_PASSWORD_FILE, VMS_*_TOTP, ${OPTION_SECRETS.join(", ")} and
VMS_SESSION_KEY. The credential stays the same while the command runs, even if another vms renews the session.

vms passes signals on, and exits when the command exits. If vms itself fails earlier, it ends the command with SIGTERM.
Only if vms is killed (SIGKILL) does the command continue. On Windows, run scripts such as npm with cmd /c npm ….

Exit status: the command's own; 128 + n if signal n ended it; 127 if it is not found; 126 if it cannot be run. If the
command was not started: 2 no such profile; 3 a login is needed or was rejected; 5 the vendor cannot be reached;
130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms exec acme -- python report.py
  vms exec -- python report.py          the default profile
  vms exec acme -- sh -c 'printf "Cookie: %s\\nAuthorization: %s\\n" \\
    "$VMS_COOKIE" "$VMS_AUTHORIZATION" | curl -H @- "$VMS_URL"some/path'
`;

export function defineExec(program: Command, terminal: Terminal): void {
  program
    .command("exec")
    .description("Run a command with a session's credential in its environment.")
    .usage("[profile] [--] <command> [arguments…]")
    .argument("[profile]", PROFILE_ARGUMENT)
    .argument("[command...]", "the command and its arguments; options there are the command's own")
    // Options after the profile belong to the command.
    .passThroughOptions()
    .addHelpText("after", () => helpText(terminal, "exec", HELP))
    .action(async (_profile: unknown, _command: unknown, _options: unknown, own: Command) => {
      const { profile, dashed, command } = readWords(own.args, terminal.system.args);
      const [first] = command;
      if (!dashed && (first === "--help" || first === "-h")) own.help();
      if (first === undefined) own.error("error: missing required argument 'command'");
      if (!dashed && first.startsWith("-")) own.error(`error: unknown option '${first}'`);
      const { getCredential } = await import("../credentials/credential.ts");
      const { credentialVariables } = await import("../credentials/credential-variables.ts");
      const { runChild } = await import("../command-line/run-child.ts");
      const variables = credentialVariables(await getCredential(terminal.system, profile));
      const env = { ...withoutSecrets(terminal.system.env), ...variables };
      terminal.setStatus(await runChild(command, env, terminal));
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
function withoutSecrets(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !isRemoved(name.toUpperCase())));
}

// In capitals, because Windows does not distinguish case.
function isRemoved(variable: string): boolean {
  return REMOVED.test(variable) || OPTION_SECRETS.includes(variable);
}

const REMOVED =
  /^VMS_(.*_(PASSWORD|PASSWORD_FILE|TOTP)|SESSION_KEY|PROFILE|VENDOR|URL|TOKEN|AUTHORIZATION|COOKIE|HEADER_.*|QUERY|USER_AGENT)$/;
