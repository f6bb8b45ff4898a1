import { createRequire } from "node:module";
import { InvalidOptions } from "../../errors/invalid-options.ts";

type Undici = typeof import("undici");

export interface UndiciParts {
  /** Without the rest of undici, such as `request`. */
  agent(): Undici["Agent"];
  whole(): Undici;
}

export function givenUndici(undici: Undici): UndiciParts {
  return { agent: () => undici.Agent, whole: () => undici };
}

/**
 * Only `nodeFetch` needs undici: the rest of this entry loads without it.
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
      // It alone loads in a third of the time.
      return load("undici/lib/dispatcher/agent.js") as Undici["Agent"];
    } catch {
      // Other versions may have it elsewhere.
      return whole().Agent;
    }
  };
  return { agent, whole };
}

// Throws in a CommonJS bundle, which has no URL.
function load(name: string): unknown {
  return createRequire(import.meta.url)(name);
}
