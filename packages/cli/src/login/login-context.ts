import type { Terminal } from "../command-line/terminal.ts";
import type { Config } from "../profiles/config.ts";

/** What the steps of a login need in addition to the options of the command line. */
export interface LoginContext {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}
