import process from "node:process";
import { Command } from "commander";
import { defineApi } from "./commands/api/command.ts";
import { defineCompletion } from "./commands/completion/command.ts";
import { defineDoctor } from "./commands/doctor/command.ts";
import { defineExec } from "./commands/exec/command.ts";
import { defineExport } from "./commands/export/command.ts";
import { defineImport } from "./commands/import/command.ts";
import { defineLogin } from "./commands/login/command.ts";
import { defineLogout } from "./commands/logout/command.ts";
import { defineProxy } from "./commands/proxy/command.ts";
import { defineRenew } from "./commands/renew/command.ts";
import { defineSimulator } from "./commands/simulator/command.ts";
import { defineStatus } from "./commands/status/command.ts";
import { defineSwitch } from "./commands/switch/command.ts";
import { defineToken } from "./commands/token/command.ts";
import { type Terminal, withReader } from "./terminal.ts";
import { version } from "./version.ts";

/** A command's place on the command line: its words and options, cheap to load. What it does is loaded when it runs. */
export type DefineCommand = (program: Command, terminal: Terminal) => void;

const COMMANDS: readonly DefineCommand[] = [
  defineLogin,
  defineLogout,
  defineRenew,
  defineStatus,
  defineSwitch,
  defineApi,
  defineToken,
  defineExport,
  defineImport,
  defineExec,
  defineProxy,
  defineSimulator,
  defineDoctor,
  defineCompletion,
];

/** The whole command line. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command("vms")
    .description("Sign in to video-management and monitoring systems, and stay signed in.")
    .version(version)
    .option("--verbose", "say more when something fails; never a secret")
    .showHelpAfterError("Run the command with --help for its options and examples.")
    .configureOutput({
      writeOut: (text) => void withReader(process.stdout).write(text),
      writeErr: (text) => void withReader(process.stderr).write(text),
    })
    .exitOverride();
  for (const define of COMMANDS) define(program, terminal);
  return program;
}
