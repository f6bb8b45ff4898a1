import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/** Adds a command to the command line. It is cheap to load; what the command runs is imported when it runs. */
export type DefineCommand = (program: Command, terminal: Terminal) => void;
