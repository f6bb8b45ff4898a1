import { constants } from "node:os";
import type { Environment, System } from "../system/system.ts";
import type { Terminal } from "./terminal.ts";

const SIGNALS = ["SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const;

/**
 * Runs a command with this process's input and output, and passes signals on. Returns the exit status as a shell
 * reports it.
 */
export function runChild(
  [program = "", ...args]: readonly string[],
  env: Environment,
  terminal: Terminal,
): Promise<number> {
  const { system } = terminal;
  return new Promise((resolve) => {
    const child = system.startProgram(program, args, env);
    const passOn = (signal: NodeJS.Signals) => {
      if (!isFromTerminal(signal, system)) child.kill(signal);
    };
    for (const signal of SIGNALS) listen(signal, passOn, system);
    const end = (status: number) => {
      for (const signal of SIGNALS) system.signals.off(signal, passOn);
      resolve(status);
    };
    child.once("error", (error: NodeJS.ErrnoException) => {
      const absent = error.code === "ENOENT";
      const what = absent ? "was not found" : `cannot be run (${error.code})`;
      terminal.say(`${terminal.style("red", "vms:")} the command ${program} ${what}.`);
      if (absent) terminal.say(terminal.style("dim", "Check its name, and that it is in a directory of PATH."));
      end(absent ? 127 : 126);
    });
    child.once("exit", (status, signal) => end(status ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

// The terminal sends these signals to both processes. Many programs quit immediately on a second one.
function isFromTerminal(signal: NodeJS.Signals, system: System): boolean {
  return (signal === "SIGINT" || signal === "SIGQUIT") && system.stdin.isTTY === true;
}

function listen(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void, { signals }: System): void {
  try {
    signals.on(signal, listener);
  } catch {
    // This system has no such signal.
  }
}
