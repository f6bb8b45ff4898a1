import type { SessionEventName } from "@vms/core";
import type { Action } from "../scenario/scenario.ts";

/** What a request is for. */
export type Purpose = "login" | "second factor" | "call" | "logout" | "other origin";

/** What happens in a step. A step contains no secret: a credential is a number, in the order in which they are first used. */
export type Happening =
  | { readonly kind: "action"; readonly name: Action["do"]; readonly text: string }
  | {
      readonly kind: "call";
      readonly call: number;
      readonly method: string;
      readonly path: string;
      readonly body: number;
    }
  | { readonly kind: "answer"; readonly call: number; readonly outcome: number | string }
  | { readonly kind: "event"; readonly name: SessionEventName; readonly detail: string }
  | {
      readonly kind: "store";
      readonly operation: "get" | "set" | "delete" | "lock" | "unlock";
      readonly found: boolean;
    }
  | {
      readonly kind: "request";
      readonly request: number;
      readonly purpose: Purpose;
      readonly method: string;
      readonly path: string;
      readonly origin: string;
      readonly credential: number | undefined;
      readonly call: number | undefined;
      /** A checksum of the body. 0 for none. */
      readonly body: number;
      /** The number of the password that it contains, in the order in which they are first used. */
      readonly password: number | undefined;
    }
  | { readonly kind: "response"; readonly request: number; readonly purpose: Purpose; readonly status: number | "lost" }
  | { readonly kind: "person"; readonly text: string }
  | { readonly kind: "leak"; readonly text: string };

/** The columns of the timeline. */
export type Lane = "caller" | "session" | "store" | "vendor";

/** One step of a run. */
export type Step = Happening & {
  /** When, in ms since the start. */
  readonly at: number;
  /** The process in which it happens: 1, 2, … 0 is the person at the buttons. */
  readonly process: number;
};

/** A step of one kind. */
export type StepOf<Kind extends Happening["kind"]> = Extract<Step, { readonly kind: Kind }>;

/** The steps of one kind, in their order. */
export function stepsOf<Kind extends Happening["kind"]>(steps: readonly Step[], kind: Kind): StepOf<Kind>[] {
  return steps.filter((step): step is StepOf<Kind> => step.kind === kind);
}
