import { openTerminal, type Terminal } from "./command-line/terminal.ts";
import { EXIT } from "./errors/exit-codes.ts";
import type { System } from "./system/system.ts";

/** Runs the command line on a system. Returns the exit status. */
export async function main(system: System): Promise<number> {
  const terminal = openTerminal(system);
  try {
    await run(terminal);
    return terminal.status();
  } catch (error) {
    // The parser has already reported the error.
    if (isCommanderError(error)) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    // Imported late, because it loads the packages, which most of the command line does not need.
    const { describeError } = await import("./error-messages/describe-error.ts");
    const { exit, message, hint, details } = describeError(error, undefined);
    // A signal is no error.
    if (exit >= EXIT.hangup) return exit;
    terminal.say(`${terminal.style("red", "vms:")} ${message}`);
    if (hint !== undefined) terminal.say(terminal.style("dim", hint));
    if (system.args.includes("--verbose")) for (const line of details) terminal.say(terminal.style("dim", line));
    return exit;
  }
}

async function run(terminal: Terminal): Promise<void> {
  const { args } = terminal.system;
  const [command, first = "", second] = args;
  // The call that scripts repeat has no options. It avoids loading the parser, which is slow.
  if (command === "api" && (args.length === 2 || args.length === 3) && !args.some((arg) => arg.startsWith("-"))) {
    const { runApi } = await import("./commands/api/run-api.ts");
    return runApi(first, second, {}, terminal);
  }
  const { createProgram } = await import("./program.ts");
  // `vms` alone is no mistake: it prints the help, like gh.
  await createProgram(terminal).parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
}

function isCommanderError(error: unknown): error is Error & { readonly exitCode: number } {
  return (
    error instanceof Error && "exitCode" in error && "code" in error && String(error.code).startsWith("commander.")
  );
}
