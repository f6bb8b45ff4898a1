import type { System } from "../system/system.ts";
import { keyringUnavailable } from "./keyring.ts";

/**
 * Makes sure that the keyring stores a secret and returns it.
 * @throws {CliError} if it does not.
 */
export async function requireKeyring(system: System): Promise<void> {
  const keyring = await system.openKeyring();
  const name = "check";
  await keyring.set(name, "1");
  const found = await keyring.get(name);
  await keyring.delete(name);
  if (found !== "1") throw keyringUnavailable();
}
