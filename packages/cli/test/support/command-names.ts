import { openTerminal } from "../../src/command-line/terminal.ts";
import { createProgram } from "../../src/program.ts";
import { environment } from "./run-vms.ts";
import { testSystem } from "./test-system.ts";

/** Every command, as a user types it: `login`, `profile use`. */
export const commandNames: readonly string[] = createProgram(
  openTerminal(testSystem([], environment("/nonexistent")).system),
)
  .commands.flatMap((one) => [one.name(), ...one.commands.map((inner) => `${one.name()} ${inner.name()}`)])
  .filter((name) => name !== "__complete");
