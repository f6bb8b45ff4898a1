import { InvalidOptions } from "../../errors/invalid-options.ts";

/** Creates the error for credentials that cannot be read from where the caller said. */
export function invalidSource(what: string): InvalidOptions {
  return new InvalidOptions("core", what);
}
