import { InvalidOptions } from "../../errors/invalid-options.ts";

/** Creates the error for credentials that cannot be read from the caller's source. */
export function invalidSource(what: string): InvalidOptions {
  return new InvalidOptions("core", what);
}
