import type { Verdict } from "./checks/guarantees.ts";
import type { Step } from "./run/step.ts";
import type { Action, Scenario } from "./scenario/scenario.ts";

/** What a page asks of the worker. */
export type Request =
  /** Opens the scenario of an address, with changes. */
  | { readonly do: "open"; readonly address: string; readonly change?: Partial<Scenario> }
  /** Runs everything that happens at the next time. */
  | { readonly do: "advance" }
  /** Acts now. */
  | { readonly do: "act"; readonly action: Action }
  /** Runs to the end. */
  | { readonly do: "finish" };

/** What the worker answers. The page has neither the core nor the simulator. */
export interface Reply {
  /** In ms since the start. */
  readonly now: number;
  /** When something happens next, in ms since the start. `undefined` at the end. */
  readonly next: number | undefined;
  /** The steps since the last reply. */
  readonly steps: readonly Step[];
  /** The scenario with the actions of the page. */
  readonly scenario: Scenario;
  /** The number of the guarantee that the scenario is for. 0 for none. */
  readonly guarantee: number;
  /** The part after `#` of an address that opens the same run. */
  readonly address: string;
  /** The parts of the opened address that could not be read. */
  readonly unread: readonly string[];
  readonly verdicts: readonly Verdict[];
  /** A program that does the same. `undefined` if there is none. */
  readonly program: string | undefined;
  /** The vendors with their titles. */
  readonly vendors: readonly (readonly [name: string, title: string])[];
}
