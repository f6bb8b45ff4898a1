import { homedir } from "node:os";
import { join } from "node:path";

/** The paths of the files of `vms`. */
export interface Places {
  /** The profiles. Contains no secret. */
  readonly config: string;
  /** The directory of the encrypted sessions. */
  readonly sessions: string;
  /** The key of the sessions, if no keyring holds it. */
  readonly key: string;
  /** Credentials saved with `--insecure-storage`. */
  readonly credentials: string;
  /** The URLs and accounts of the running simulator. */
  readonly simulator: string;
  /** Node's compile cache, for a faster start. Anybody who can write there can run code as this user. */
  readonly cache: string;
}

/**
 * Finds the directories of the platform; all are below `VMS_HOME` if that is set. `undefined` if the user has no home
 * directory.
 */
export async function findPlaces({
  VMS_HOME: home,
}: Readonly<Record<string, string | undefined>>): Promise<Places | undefined> {
  if (home) return placesBelow(home);
  try {
    if (homedir() === "") return undefined;
  } catch {
    // The system does not know this user.
    return undefined;
  }
  // Imported late, because it asks for the home directory when it is loaded.
  const { default: envPaths } = await import("env-paths");
  return placesIn(envPaths("vms", { suffix: "" }));
}

/** The places if all are below one directory. */
export function placesBelow(home: string): Places {
  return placesIn({ config: home, data: home, cache: join(home, "cache") });
}

function placesIn({ config, data, cache }: Readonly<Record<"config" | "data" | "cache", string>>): Places {
  return {
    config: join(config, "config.json"),
    sessions: join(data, "cli-sessions"),
    key: join(config, "session-key"),
    credentials: join(config, "credentials.json"),
    simulator: join(data, "simulator.json"),
    cache: join(cache, "compiled"),
  };
}
