import { fileStore } from "@vms/core/node";
import { places } from "./places.ts";

/**
 * Runs alone among all `vms` of this user: nobody else changes the profiles, the saved passwords or the key meanwhile.
 * It must not be called within itself. A holder that was killed costs the next one 10 s.
 */
export async function withConfigurationLock<T>(run: () => Promise<T>): Promise<T> {
  const { withLock } = fileStore({ directory: places().sessions });
  return withLock === undefined ? run() : withLock("vms-cli|configuration", run);
}
