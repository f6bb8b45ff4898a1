import type { Terminal } from "../command-line/terminal.ts";

/** Warns if the secret was printed on a terminal. */
export function warnOfSecret(terminal: Terminal): void {
  if (terminal.system.stdout.isTTY !== true) return;
  terminal.say(terminal.style("yellow", "This is a secret: anyone who sees it can use the account. Clear the screen."));
}
