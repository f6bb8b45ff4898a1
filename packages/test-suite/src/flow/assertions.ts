import { isVmsError, type Session, type VmsErrorCode } from "@vms/core";
import { check, failureOf, show } from "../checks.ts";
import type { Network } from "./network.ts";

/** Returns the error of `run`. It must be an error of @vms, with one of these codes if any are given. */
export async function vmsErrorOf(run: () => unknown, what: string, ...codes: VmsErrorCode[]): Promise<unknown> {
  const error = await failureOf(run, what);
  // Without the message, because another error can show a secret.
  const name = error instanceof Error ? error.name : typeof error;
  check(isVmsError(error), `${what} fails with a ${name}, which is not an error of @vms.`);
  const expected = codes.join(" or ");
  check(codes.length === 0 || codes.includes(error.code), `${what}: expected ${expected}, got ${error.code}.`);
  return error;
}

/** Checks that nothing was sent since the last `clear`. */
export function nothingSent({ sent }: Network, what: string): void {
  const first = sent[0];
  const where = first === undefined ? "" : `${first.method} ${new URL(first.url).origin}${new URL(first.url).pathname}`;
  check(first === undefined, `${what}: ${where} was sent.`);
}

/** Checks whether the session has `info`. */
export function known(session: Session, is: boolean, when: string): void {
  const { info } = session;
  const got = info === undefined ? "there is none" : `it is ${show(info.vendor)}'s`;
  check((info !== undefined) === is, `${when}, the session should have ${is ? "an" : "no"} \`info\`: ${got}.`);
}

/** The contract's own response to an accepted call. */
export function madeUp(): Response {
  return Response.json({ made: "up" });
}

/** Checks that the caller received `madeUp`. The message names a rejection that the flow did not recognize. */
export async function gotAnswer(response: Response, what: string): Promise<void> {
  const text = await response.text();
  const hint = "Does `isRejected` recognize the server's answer to an ended session?";
  check(response.status === 200, `${what} was answered ${response.status} instead of 200. ${hint}`);
  check(text === (await madeUp().text()), `${what} was answered with another body than the last response's. ${hint}`);
}
