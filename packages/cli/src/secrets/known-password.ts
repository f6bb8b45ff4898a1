import { isPasswordless, type Profile } from "../profiles/profile.ts";
import type { System } from "../system/system.ts";
import { environmentPassword } from "./environment-secrets.ts";
import { readPassword } from "./saved-password.ts";

/** A password that nobody has to type, and its source. */
export interface KnownPassword {
  readonly password: string;
  readonly from: "environment" | "saved" | "none needed" | "simulator";
}

/**
 * The password of a profile, if known: the environment's, else the saved one, else the running simulator's.
 * @param readSaved reads the saved password. It can handle the errors of doing so.
 */
export async function knownPassword(
  system: System,
  profile: Profile,
  readSaved: (system: System, profile: Profile) => Promise<string | undefined> = readPassword,
): Promise<KnownPassword | undefined> {
  if (isPasswordless(profile)) return { password: "", from: "none needed" };
  const given = await environmentPassword(system, profile);
  if (given !== undefined) return { password: given, from: "environment" };
  const saved = await readSaved(system, profile);
  if (saved) return { password: saved, from: "saved" };
  if (!profile.simulator) return undefined;
  const { simulatorPassword } = await import("../profiles/simulator-file.ts");
  const simulated = await simulatorPassword(system, profile);
  return simulated === undefined ? undefined : { password: simulated, from: "simulator" };
}
