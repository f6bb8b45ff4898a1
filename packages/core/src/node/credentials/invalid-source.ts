import { InvalidOptions } from "../../errors/invalid-options.ts";

export function invalidSource(what: string): InvalidOptions {
  return new InvalidOptions("core", what);
}
