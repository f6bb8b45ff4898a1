import { EXIT, type ExitCode } from "../../errors/exit-codes.ts";

/** The result of a step. */
export interface Finding {
  readonly state: "ok" | "note" | "warning" | "failed";
  readonly text: string;
  /** What the user can do about it. */
  readonly hint?: string;
  /** The exit status of a failure. */
  readonly exit?: ExitCode;
  /** The steps after this one cannot work. */
  readonly stop?: true;
}

/** The steps, in order. */
export type StepName = "proxy" | "DNS" | "TCP" | "TLS" | "clock" | "login" | "call";

/** A finished step. */
export interface Step extends Finding {
  readonly name: StepName;
  readonly ms: number;
}

/** Timeout of each network step, in ms. */
export const STEP_TIMEOUT = 10_000;

/** The step succeeded. */
export function passed(text: string): Finding {
  return { state: "ok", text };
}

/** A failure after which nothing else can work. */
export function failure(text: string, hint: string, exit: ExitCode = EXIT.unavailable): Finding {
  return { state: "failed", text, hint, exit, stop: true };
}

/** Runs a step and measures its duration. */
export async function timed(name: StepName, run: () => Finding | Promise<Finding>): Promise<Step> {
  const began = performance.now();
  const finding = await run();
  return { name, ms: Math.round(performance.now() - began), ...finding };
}

/** Where a profile's first request goes. */
export interface Endpoint {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  /** The command that signs in the profile. */
  readonly login: string;
  /** What to do if nothing listens there. Default: to check the URL. */
  readonly whenGone?: string;
}
