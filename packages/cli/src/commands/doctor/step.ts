import { EXIT, type ExitCode } from "../../errors/exit-codes.ts";

/** What a step found. */
export interface Finding {
  readonly state: "ok" | "note" | "warning" | "failed";
  /** What is the case. */
  readonly text: string;
  /** What to do about it. */
  readonly hint?: string;
  /** The exit status where it failed. */
  readonly exit?: ExitCode;
  /** Going on makes no sense. */
  readonly stop?: true;
}

/** The steps, in their order. */
export type StepName = "proxy" | "DNS" | "TCP" | "TLS" | "clock" | "login" | "call";

/** A step that was made. */
export interface Step extends Finding {
  readonly name: StepName;
  readonly ms: number;
}

/** How long one step of the network may take, in ms. */
export const STEP_TIMEOUT = 10_000;

/** A step that was well. */
export function fine(text: string): Finding {
  return { state: "ok", text };
}

/** A failure after which nothing else can work. */
export function broken(text: string, hint: string, exit: ExitCode = EXIT.unavailable): Finding {
  return { state: "failed", text, hint, exit, stop: true };
}

/** Makes a step, and measures how long it takes. */
export async function timed(name: StepName, run: () => Finding | Promise<Finding>): Promise<Step> {
  const began = performance.now();
  const finding = await run();
  return { name, ms: Math.round(performance.now() - began), ...finding };
}

/** Where a profile's calls go first. */
export interface Endpoint {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  /** How the profile is signed in to. */
  readonly login: string;
}
