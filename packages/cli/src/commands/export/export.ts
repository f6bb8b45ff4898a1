import type { Terminal } from "../../command-line/terminal.ts";
import { credentialOf } from "../../credentials/credential.ts";
import { formats } from "../../credentials/credential-formats.ts";
import { warnOfSecret } from "../../credentials/warn-of-secret.ts";
import type { ExportOptions } from "../export.ts";

/** `vms export` */
export async function exportCredential(name: string, { format }: ExportOptions, terminal: Terminal): Promise<void> {
  const text = formats[format]?.(await credentialOf(name)) ?? "";
  await terminal.out(text);
  warnOfSecret(terminal);
}
