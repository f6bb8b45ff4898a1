import { fileStore } from "@vms/core/node";
import type { System } from "../system/system.ts";

/**
 * Runs something while no other `vms` of this user can change the profiles, the saved passwords or the key. The lock is
 * not re-entrant. If its holder is killed, the next process waits 10 s.
 */
export async function withConfigurationLock<T>({ places }: System, run: () => Promise<T>): Promise<T> {
  const { withLock } = fileStore({ directory: places.sessions });
  return withLock === undefined ? run() : withLock("vms-cli|configuration", run);
}
