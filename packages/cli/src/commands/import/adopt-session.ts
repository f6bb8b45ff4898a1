import type { SessionInfo, SessionStore } from "@vms/core";
import { CliError } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import type { Config } from "../../profiles/config.ts";
import { loginCommand, type Profile } from "../../profiles/profile.ts";
import { vendors } from "../../profiles/vendors.ts";
import { openSession } from "../../sessions/open-session.ts";
import { openStore } from "../../sessions/session-store.ts";
import type { System } from "../../system/system.ts";

/** Creates a session from cookies, asks the vendor whether it is valid, and only then stores it. It never signs in. */
export async function adoptSession(
  system: System,
  name: string,
  profile: Profile,
  config: Config,
  cookies: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<SessionInfo> {
  const { title, firstCall } = vendors[profile.vendor];
  const refuse = (): never => {
    throw new CliError(
      EXIT.notSignedIn,
      `${title} rejects the session in the file: it has expired, or belongs to another host.`,
      `Sign in: ${loginCommand(name, profile)}`,
    );
  };
  const deferred = deferredStore();
  const session = await openSession(system, name, profile, config, {
    cookies,
    password: refuse,
    secondFactor: refuse,
    store: deferred.store,
  });
  await session.login({ signal });
  const response = await session.fetch(firstCall, { signal });
  await response.body?.cancel();
  if (response.status === 429 || response.status >= 500) {
    throw new CliError(
      EXIT.unavailable,
      `${title} answered ${response.status}, so vms does not know whether the session is valid.`,
      "Try again later.",
    );
  }
  const info = await session.login({ signal });
  await deferred.commit(await openStore(system, config, "replace"));
  return info;
}

/** A store in memory that copies its values into another store once they are confirmed. */
function deferredStore(): { store: SessionStore; commit: (store: SessionStore) => Promise<void> } {
  const entries = new Map<string, Parameters<SessionStore["set"]>>();
  let target: SessionStore | undefined;
  return {
    store: {
      get: async (key) => entries.get(key)?.[1],
      async set(...entry) {
        entries.set(entry[0], entry);
        // The vendor may change the cookie after that.
        await target?.set(...entry);
      },
      delete: async (key) => void entries.delete(key),
    },
    async commit(store) {
      target = store;
      for (const entry of entries.values()) await store.set(...entry);
    },
  };
}
