import type { Calls } from "./calls.ts";
import type { Herd } from "./herd.ts";
import type { Starts } from "./imports.ts";
import type { Machine } from "./machine.ts";
import type { Memory } from "./memory.ts";
import type { Crowd } from "./sessions.ts";
import type { Size } from "./sizes.ts";

/** Everything that one run measured. What was not asked for is not there. */
export interface Results {
  readonly machine: Machine;
  readonly calls?: Calls;
  readonly herd?: Herd;
  /** By the name of a contender. */
  readonly sizes?: Readonly<Record<string, Size>>;
  readonly starts?: Starts;
  readonly memory?: Memory;
  readonly crowds?: readonly Crowd[];
}
