import { nameOrOnly, profileOf, readConfig } from "../../config.ts";
import { interruptible } from "../../interrupt.ts";
import type { Terminal } from "../../terminal.ts";
import { establish } from "../login/establish.ts";
import { passwordFromInput } from "../login/password-stdin.ts";
import type { RenewOptions } from "./command.ts";

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
