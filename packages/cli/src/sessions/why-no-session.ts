import type { Config } from "../profiles/config.ts";
import type { Profile } from "../profiles/profile.ts";
import type { System } from "../system/system.ts";

/**
 * Says in a sentence why the stored session of a profile cannot be used.
 * @param isRejected whether the vendor has rejected the session.
 */
export async function whyNoSession(
  system: System,
  name: string,
  profile: Profile,
  config: Config,
  isRejected: boolean,
): Promise<string> {
  // Imported late, because most runs do not need it.
  const { inspectSession } = await import("./inspect-session.ts");
  const { state } = await inspectSession(system, name, profile, config);
  if (state === "expired") return `the session of the profile "${name}" has expired.`;
  if (state === "signed-in" && isRejected) return `the vendor has ended the session of the profile "${name}".`;
  // A renewal of a session that can still be used.
  if (state === "signed-in") return `a new session of the profile "${name}" needs its password.`;
  return `the profile "${name}" is not signed in.`;
}
