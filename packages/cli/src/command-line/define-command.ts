import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/**
 * Adds a command to the command line. Definitions are cheap to load: they import what the command runs only when it
 * runs.
 */
export type DefineCommand = (program: Command, terminal: Terminal) => void;
