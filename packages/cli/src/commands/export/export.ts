import type { Terminal } from "../../terminal.ts";
import type { ExportOptions } from "./command.ts";
import { credentialOf } from "./credential.ts";
import { formats } from "./formats.ts";
import { warnOfSecret } from "./warn.ts";

/** `vms export` */
export async function exportCredential(name: string, { format }: ExportOptions, terminal: Terminal): Promise<void> {
  const text = formats[format]?.(await credentialOf(name)) ?? "";
  await terminal.out(text);
  warnOfSecret(terminal);
}
