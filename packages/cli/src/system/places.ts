import { join } from "node:path";
import envPaths from "env-paths";

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

/** The directories of the platform; all are below `VMS_HOME` if that is set. */
export function places({ VMS_HOME: home }: Readonly<Record<string, string | undefined>>): Places {
  const { config, data, cache } = home
    ? { config: home, data: home, cache: join(home, "cache") }
    : envPaths("vms", { suffix: "" });
  return {
    config: join(config, "config.json"),
    sessions: join(data, "cli-sessions"),
    key: join(config, "session-key"),
    credentials: join(config, "credentials.json"),
    simulator: join(data, "simulator.json"),
    cache: join(cache, "compiled"),
  };
}
