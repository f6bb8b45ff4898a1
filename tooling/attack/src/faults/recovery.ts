import { isVmsError } from "@vms/core";
import type { Step } from "../sign-ins/step.ts";
import { describeError } from "./describe.ts";
import { type Harness, LIFETIME } from "./harness.ts";

/** Errors after which a session does not retry the same credentials by itself. */
const FINAL = new Set([
  "invalid_credentials",
  "account_unavailable",
  "second_factor_required",
  "second_factor_rejected",
  "invalid_request",
  // An undocumented 4xx response to a login.
  "unexpected_response",
]);

/** A time longer than any pause after a failed login here, in ms. */
const PAUSE = 360_000;

/** Whether a session works after a fault. */
export interface Recovery {
  /** Why the session does not work; `""` if it works. */
  readonly problem: string;
  /** The logins that the next call took. */
  readonly logins: number;
}

/** Uses the session after the fault. */
export async function recover(harness: Harness, { kind }: Pick<Step, "kind">): Promise<Recovery> {
  harness.arm(false);
  const before = harness.logins();
  let logins = 0;
  const found = (problem: string): Recovery => ({ problem, logins });
  try {
    if (kind === "logout") {
      const closed = await call(harness);
      if (closed !== "session_closed") return found(`a call after sign-out came to ${closed}`);
      await harness.session.login();
    }
    if (kind === "login") harness.advance(PAUSE);
    let first = await call(harness);
    if (first === "401") {
      // The failed renewal has ended the live session, and the session passes on rejections during the pause.
      harness.advance(PAUSE);
      first = await call(harness);
    }
    logins = harness.logins() - before;
    if (logins > 1) return found(`the next call took ${logins} logins`);
    if (kind === "renewal") {
      if (first !== "200") return found(`the live session came to ${first}`);
      harness.advance(LIFETIME);
    }
    return found(await afterRefusal(harness, kind === "renewal" ? await call(harness) : first));
  } catch (error) {
    return found(`not again: ${describeError(error)}`);
  }
}

// Guarantee 10: after a refusal, the session sends nothing until `renew()`.
async function afterRefusal(harness: Harness, first: string): Promise<string> {
  if (first === "200") return "";
  const before = harness.sent.length;
  const second = await call(harness);
  if (!FINAL.has(second) || harness.sent.length !== before) return `the next call came to ${second}`;
  await harness.session.renew();
  const third = await call(harness);
  return third === "200" ? "" : `a call after renew() came to ${third}`;
}

async function call(harness: Harness): Promise<string> {
  try {
    const response = await harness.session.fetch(harness.firstCall);
    await response.arrayBuffer();
    return String(response.status);
  } catch (error) {
    harness.seen.push(error);
    return isVmsError(error) ? error.code : describeError(error);
  }
}
