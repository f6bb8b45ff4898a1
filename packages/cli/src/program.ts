import { Command, Help, Option } from "commander";
import { commandOverview } from "./command-line/command-overview.ts";
import type { DefineCommand } from "./command-line/define-command.ts";
import { helpText, helpWidth, isLongHelp } from "./command-line/help-text.ts";
import { parserError } from "./command-line/parser-errors.ts";
import type { Terminal } from "./command-line/terminal.ts";
import { defineAccount } from "./commands/account.ts";
import { defineApi } from "./commands/api/define-api.ts";
import { defineCompletion } from "./commands/completion/define-completion.ts";
import { defineDoctor } from "./commands/doctor/define-doctor.ts";
import { defineExec } from "./commands/exec.ts";
import { defineExport } from "./commands/export.ts";
import { defineHelp } from "./commands/help.ts";
import { defineImport } from "./commands/import/define-import.ts";
import { defineLogin } from "./commands/login.ts";
import { defineLogout } from "./commands/logout/define-logout.ts";
import { defineProfile } from "./commands/profile/define-profile.ts";
import { defineProxy } from "./commands/proxy/define-proxy.ts";
import { defineRenew } from "./commands/renew.ts";
import { defineSimulator } from "./commands/simulator/define-simulator.ts";
import { defineStatus } from "./commands/status/define-status.ts";
import { defineToken } from "./commands/token.ts";
import { vendorNames } from "./profiles/vendors.ts";
import { hasColours } from "./system/colours.ts";
import { version } from "./version.ts";

const COMMANDS: readonly DefineCommand[] = [
  defineLogin,
  defineLogout,
  defineRenew,
  defineStatus,
  defineProfile,
  defineAccount,
  defineApi,
  defineToken,
  defineExport,
  defineImport,
  defineExec,
  defineProxy,
  defineSimulator,
  defineDoctor,
  defineCompletion,
  defineHelp,
];

const HELP = `
Vendors: ${vendorNames.join(", ")}. To try vms without an account: vms simulator. Without a profile, a command
uses the one in VMS_PROFILE, then the default of vms profile use, then the only profile.

Exit status: 0 success; 1 failure; 2 the command line, the configuration or a file is wrong, and nothing was sent;
3 not signed in, or rejected; 4 the vendor answered 400 to 499; 5 the vendor answered 429, or 500 or above, or could not
be reached; 6 the vendor's response is not documented; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms login alta --url https://acme.eu.alta.avigilon.com
  vms api alta api/v1/alarmZones
  vms status
  vms doctor alta       finds out why something does not work
`;

/** Creates the whole command line. */
export function createProgram(terminal: Terminal): Command {
  const { system } = terminal;
  const program: Command = new Command("vms")
    .description("Sign in to video-management and monitoring systems, and stay signed in.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .option("--verbose", "show details of errors, without secrets")
    // Lets `vms exec` pass options to its command. Because of it, each command needs --verbose itself.
    .enablePositionalOptions()
    .showHelpAfterError("All commands: vms --help")
    .configureHelp({
      subcommandTerm: (command) => command.name(),
      // Commands inherit this function.
      formatHelp: (command, help) =>
        command === program && !isLongHelp(terminal)
          ? commandOverview(command.description(), vendorNames)
          : Help.prototype.formatHelp.call(help, command, help),
    })
    .addHelpText("after", () => (isLongHelp(terminal) ? helpText(terminal, "", HELP) : ""))
    .configureOutput({
      outputError: (text, write) => write(`${terminal.style("red", "vms:")} ${parserError(text)}`),
      writeOut: (text) => terminal.help(text, "stdout"),
      writeErr: (text) => terminal.help(text, "stderr"),
      getOutHelpWidth: () => helpWidth(system.stdout),
      getErrHelpWidth: () => helpWidth(system.stderr),
      getOutHasColors: () => hasColours(system.stdout, system.env),
      getErrHasColors: () => hasColours(system.stderr, system.env),
    })
    .exitOverride();
  for (const define of COMMANDS) define(program, terminal);
  for (const command of program.commands) {
    complete(command, command.name());
    for (const one of command.commands) complete(one, `${command.name()} ${one.name()}`);
  }
  return program;
}

/** Adds what every command has. */
function complete(command: Command, name: string): void {
  command.addOption(new Option("--verbose").hideHelp());
  // Most errors of `vms exec` are options that are meant for the other command.
  const first = name === "exec" ? "Put -- before the command: vms exec [profile] -- <command> …\n" : "";
  command.showHelpAfterError(`${first}Options and examples: vms ${name} --help`);
}
