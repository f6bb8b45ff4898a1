import { usage } from "../../cli-error.ts";
import { readConfig } from "../../config.ts";
import { interruptible } from "../../interrupt.ts";
import type { PasswordPlace } from "../../saved-password.ts";
import { findSimulator } from "../../simulator-file.ts";
import type { Terminal } from "../../terminal.ts";
import type { LoginOptions } from "./command.ts";
import { settleName } from "./conflict.ts";
import { draftOf, targetOf } from "./draft.ts";
import { establish } from "./establish.ts";
import { passwordFromInput } from "./password-stdin.ts";
import type { GivenPassword } from "./sign-in.ts";

/** `vms login` */
export async function login(word: string | undefined, options: LoginOptions, terminal: Terminal): Promise<void> {
  const save = placeOf(options);
  await interruptible(async (signal) => {
    const config = await readConfig();
    const desk = { config, terminal, signal };
    const target = await targetOf(word, options, desk);
    const simulated = options.simulator ? await findSimulator(target.vendor) : undefined;
    const profile = await draftOf(target, options, simulated, desk);
    const name = await settleName(target.name, profile, options, desk);
    const given: GivenPassword | undefined =
      simulated === undefined
        ? await passwordFromInput(options.passwordStdin)
        : { password: simulated.password, from: "simulator" };
    await establish({ name, profile, config, terminal, signal, given, save, anew: false, json: options.json === true });
  });
}

function placeOf({ saveCredentials, insecureStorage }: LoginOptions): PasswordPlace | undefined {
  if (saveCredentials) return insecureStorage ? "file" : "keyring";
  if (insecureStorage) throw usage("--insecure-storage says where --save-credentials keeps the password: give both.");
  return undefined;
}
