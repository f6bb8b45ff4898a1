import type { Result } from "./result.ts";

/** What was seen of a runtime. Results have the names that the page uses. */
export interface Seen {
  readonly version: string;
  readonly results: Readonly<Record<string, Result>>;
}

export interface Runtime {
  readonly name: string;
  see(project: string): Promise<Seen>;
}
