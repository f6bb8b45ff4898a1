import { join } from "node:path";
import process from "node:process";
import envPaths from "env-paths";

/** Where `vms` keeps its files. */
export interface Places {
  /** The profiles. No secret is in it. */
  readonly config: string;
  /** The directory of the encrypted sessions. */
  readonly sessions: string;
  /** The key of the sessions, where no keyring holds it. */
  readonly key: string;
  /** Credentials saved by `--insecure-storage`. */
  readonly credentials: string;
  /** Where the running simulator is. */
  readonly simulator: string;
  /** What Node keeps of our files after it has read them, to start faster. Whoever writes there runs as this user. */
  readonly cache: string;
}

/** The platform's directories, or all below `VMS_HOME` where that is set. */
export function places(): Places {
  const home = process.env.VMS_HOME;
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
