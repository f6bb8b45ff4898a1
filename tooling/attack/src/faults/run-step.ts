import { setImmediate } from "node:timers/promises";
import type { SignIn } from "../sign-ins/sign-ins.ts";
import type { Step } from "../sign-ins/step.ts";
import { count, describeError, undocumented } from "./describe.ts";
import type { Fault } from "./faults.ts";
import { type Harness, LIFETIME } from "./harness.ts";

/** The result of a step in words, its counts such as "3 requests", and its undocumented errors. */
export interface Outcome {
  readonly text: string;
  readonly counts: readonly string[];
  readonly problems: readonly string[];
}

/** Runs one step with the fault. */
export async function runStep(harness: Harness, signIn: SignIn, fault: Fault, step: Step): Promise<Outcome> {
  switch (step.kind) {
    case "call":
      return runCall(harness, fault);
    case "method":
      return runMethod(harness, signIn, fault);
    case "renewal":
      return runRenewal(harness, signIn);
    case "logout":
      return runLogout(harness, signIn);
    case "login":
      return runLogin(harness, signIn);
  }
}

export function runLogin(harness: Harness, signIn: SignIn, signal?: AbortSignal): Promise<Outcome> {
  return whileArmed(harness, signIn, undefined, async () => {
    await harness.session.login(signal === undefined ? {} : { signal });
    return "signed in";
  });
}

async function runCall(harness: Harness, fault: Fault): Promise<Outcome> {
  const { session, firstCall } = harness;
  await session.login();
  const before = harness.logins();
  harness.arm(true);
  const problems: string[] = [];
  const stalls = fault.stalls !== undefined;
  const signal = stalls ? harness.limit : null;
  const failed = (error: unknown) => {
    harness.seen.push(error);
    problems.push(undocumented(error, stalls));
    return describeError(error);
  };
  const text = await session.fetch(firstCall, { signal }).then(async (response) => {
    harness.seen.push(response);
    const body = await response.text().catch((error: unknown) => {
      harness.seen.push(error);
      // The runtime reads the body, so an interruption is the runtime's error.
      if (!(error instanceof TypeError)) problems.push(undocumented(error, stalls));
      return error instanceof TypeError ? "cut" : "limit";
    });
    const rest: Record<string, string> = {
      "": ", empty",
      cut: "; reading its body throws a `TypeError`",
      limit: "; reading its body throws the caller's `TimeoutError`",
      elsewhere: " from the other origin, requested without the credential",
    };
    const redirected = response.redirected && body !== "elsewhere" ? " from the new URL" : "";
    return `response ${response.status}${redirected}${rest[body] ?? ""}`;
  }, failed);
  return { text: text + newLogins(harness.logins() - before), counts: [], problems };
}

async function runMethod(harness: Harness, { method }: SignIn, fault: Fault): Promise<Outcome> {
  const { session } = harness;
  await session.login();
  const before = harness.logins();
  harness.arm(true);
  const problems: string[] = [];
  const stalls = fault.stalls !== undefined;
  const wait = stalls ? { signal: harness.limit } : {};
  const text = await Promise.resolve(method?.run(session, wait)).then(
    (value) => {
      harness.seen.push(value);
      return typeof value === "boolean" ? String(value) : "a result";
    },
    (error: unknown) => {
      harness.seen.push(error);
      problems.push(undocumented(error, stalls));
      return describeError(error);
    },
  );
  return { text: text + newLogins(harness.logins() - before), counts: [], problems };
}

function newLogins(many: number): string {
  return many === 0 ? "" : ` after ${count(many, "new login")}`;
}

async function runRenewal(harness: Harness, signIn: SignIn): Promise<Outcome> {
  const { session } = harness;
  await session.login();
  // The renewal is due by now, whatever time was drawn for it.
  harness.advance(0.98 * LIFETIME);
  const outcome = harness.next("renewed", "renewal_failed");
  // The call that starts the renewal goes first: with some vendors, a login ends the earlier session.
  const called = Promise.withResolvers<void>();
  return whileArmed(harness, signIn, called.promise, async () => {
    const response = await session.fetch(harness.firstCall);
    await response.arrayBuffer();
    called.resolve();
    const event = await outcome;
    if (event.type === "renewal_failed") throw event.error;
    if (!response.ok) throw new Error(`the call returned ${response.status}`);
    return event.type === "renewed" && event.by === "extend" ? "extended" : "renewed";
  });
}

async function runLogout(harness: Harness, signIn: SignIn): Promise<Outcome> {
  await harness.session.login();
  return whileArmed(harness, signIn, undefined, async () => {
    await harness.session.logout();
    return "signed out";
  });
}

async function whileArmed(
  harness: Harness,
  { asks }: SignIn,
  after: Promise<unknown> | undefined,
  run: () => Promise<string>,
): Promise<Outcome> {
  const before = harness.sent.filter(harness.isOfSession).length;
  const askedBefore = harness.human.asked;
  harness.arm(true, after);
  const problems: string[] = [];
  const text = await run().catch((error: unknown) => {
    harness.seen.push(error);
    problems.push(undocumented(error));
    return describeError(error);
  });
  // Include requests that no caller waits for, such as a sign-out.
  await setImmediate();
  const requests = count(harness.sent.filter(harness.isOfSession).length - before, "request");
  const asked = harness.human.asked - askedBefore;
  return { text, counts: [requests, ...(asks === undefined ? [] : [count(asked, asks)])], problems };
}
