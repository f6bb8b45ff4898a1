import type { Verdict } from "./checks/guarantees.ts";
import type { Step } from "./run/step.ts";
import type { Action, Scenario } from "./scenario/scenario.ts";

/** What a page asks of the worker. */
export type Request =
  | { readonly do: "open"; readonly scenario: Scenario }
  /** Runs everything that happens at the next time. */
  | { readonly do: "advance" }
  /** Acts now. */
  | { readonly do: "act"; readonly action: Action }
  /** Runs to the end. */
  | { readonly do: "finish" };

/** What the worker answers. */
export interface Reply {
  /** In ms since the start. */
  readonly now: number;
  /** When something happens next, in ms since the start. `undefined` at the end. */
  readonly next: number | undefined;
  /** The steps since the last reply. */
  readonly steps: readonly Step[];
  /** The scenario with the actions of the page. */
  readonly scenario: Scenario;
  readonly verdicts: readonly Verdict[];
}
