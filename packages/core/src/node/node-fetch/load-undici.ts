import { createRequire } from "node:module";
import { InvalidOptions } from "../../errors/invalid-options.ts";

type Undici = typeof import("undici");

/** The parts of undici, which are loaded when they are needed. */
export interface UndiciParts {
  /** Without what the rest of undici adds to it, such as `request`. */
  agent(): Undici["Agent"];
  /** All of undici. */
  whole(): Undici;
}

export function givenUndici(undici: Undici): UndiciParts {
  return { agent: () => undici.Agent, whole: () => undici };
}

/**
 * The installed undici. Only callers of `nodeFetch` need it: the rest of this entry loads without it.
 * @throws {InvalidOptions} `invalid_options` if undici is not installed.
 */
export function installedUndici(): UndiciParts {
  const whole = (): Undici => {
    try {
      return load("undici") as Undici;
    } catch {
      const problem = "nodeFetch: the peer dependency undici was not found. A bundle needs the option `undici`.";
      throw new InvalidOptions("core", problem, { remedy: { id: "install_package", package: "undici" } });
    }
  };
  const agent = (): Undici["Agent"] => {
    try {
      // Alone, it loads in a third of the time.
      return load("undici/lib/dispatcher/agent.js") as Undici["Agent"];
    } catch {
      // A version may have it elsewhere.
      return whole().Agent;
    }
  };
  return { agent, whole };
}

// A bundle in the format of CommonJS has no URL, for which this throws.
function load(name: string): unknown {
  return createRequire(import.meta.url)(name);
}
