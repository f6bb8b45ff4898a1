import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { passwordFromInput } from "../../login/password-stdin.ts";
import { establish } from "../../login/sign-in-and-save.ts";
import { nameOrOnly, profileOf, readConfig } from "../../profiles/config.ts";
import type { RenewOptions } from "../renew.ts";

/** `vms renew` */
export async function renew(word: string | undefined, options: RenewOptions, terminal: Terminal): Promise<void> {
  await interruptible(async (signal) => {
    const config = await readConfig();
    const name = nameOrOnly(config, word);
    const profile = profileOf(config, name);
    const given = await passwordFromInput(options.passwordStdin);
    const json = options.json === true;
    await establish({ name, profile, config, terminal, signal, given, save: undefined, anew: true, json });
  });
}
