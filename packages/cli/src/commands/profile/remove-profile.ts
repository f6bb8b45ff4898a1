import type { Terminal } from "../../command-line/terminal.ts";
import { runLogout } from "../logout/run-logout.ts";

/** The options of `vms profile remove`. */
export interface RemoveOptions {
  readonly yes?: true;
  readonly json?: true;
}

/** Signs out of a profile, and removes it. */
export async function removeProfile(name: string, options: RemoveOptions, terminal: Terminal): Promise<void> {
  await runLogout(name, { ...options, forget: true }, terminal, "always");
}
