import type { Terminal } from "../command-line/terminal.ts";
import type { Config } from "../profiles/config.ts";

/** What there is to find out with. */
export interface LoginContext {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}
