import type { Terminal } from "../../command-line/terminal.ts";
import { credentialOf, tokenOf } from "../../credentials/credential.ts";
import { warnOfSecret } from "../../credentials/warn-of-secret.ts";

/** `vms token` */
export async function token(name: string, terminal: Terminal): Promise<void> {
  await terminal.out(`${tokenOf(await credentialOf(name))}\n`);
  warnOfSecret(terminal);
}
