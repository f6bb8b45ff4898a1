import type { Terminal } from "../../terminal.ts";
import { credentialOf, tokenOf } from "../export/credential.ts";
import { warnOfSecret } from "../export/warn.ts";

/** `vms token` */
export async function token(name: string, terminal: Terminal): Promise<void> {
  await terminal.out(`${tokenOf(await credentialOf(name))}\n`);
  warnOfSecret(terminal);
}
