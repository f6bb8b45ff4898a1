import type { Result } from "./result.ts";

/** The results of a runtime, by row of the page. */
export interface Seen {
  readonly version: string;
  readonly results: Readonly<Record<string, Result>>;
}

export interface Runtime {
  readonly name: string;
  see(project: string): Promise<Seen>;
}
