import type { House } from "./house.ts";

/** A place where a rule is broken. */
export interface Breach {
  /** The file's path from the root. It may be one that should be there and is not. */
  readonly file: string;
  /** What is wrong there, and where it does not go without saying, what to do. */
  readonly what: string;
}

/** Something that holds for the whole house. */
export interface Rule {
  /** What holds, as a sentence. */
  readonly name: string;
  readonly breaches: (house: House) => Iterable<Breach>;
}
