import { check, same } from "../checks.ts";
import type { Clause } from "../clause.ts";
import { known } from "./assertions.ts";
import { type ContractCall, send } from "./contract-call.ts";
import { plainHeaders } from "./network.ts";
import { onlyTo, rejectionOf } from "./rejection.ts";
import type { FlowSubject } from "./subject.ts";

const REFUSED = "made-up-and-refused";
const ROUNDS = 6;

/** How many logins a call that is always refused may cost among accepted calls. */
const MOST = 2;

/** The server's response to a call that it always refuses. */
interface Refusal {
  readonly status: number;
  /** Default: the body is not compared. */
  readonly text?: string;
  /** How many logins the calls may cost. */
  readonly most: number;
}

/** Makes accepted and refused calls in turn. */
async function inTurn(
  subject: FlowSubject,
  refused: string | ContractCall,
  { status, text, most }: Refusal,
): Promise<void> {
  const { signedIn, call, logins } = subject;
  const session = await signedIn();
  const before = logins();
  for (let round = 0; round < ROUNDS; round++) {
    await call(session, "a call beside one that is refused");
    const response = await send(session, refused);
    same(response.status, status, "the status of a call that the server always refuses");
    const got = await response.text();
    if (text !== undefined)
      check(got === text, "the body of a call that the server always refuses is not the server's.");
    known(session, true, "after a call that the server always refuses");
  }
  await call(session, "after calls that were refused");
  const cost = logins() - before;
  check(cost <= most, `${ROUNDS} calls that the server always refuses cost ${cost} logins: more than ${most}.`);
}

export const rejectionClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a call that is rejected again after a login is returned to the caller, and the session stays in use",
    async prove(subject) {
      const { status, text, answer } = await rejectionOf(subject);
      subject.network.meet(onlyTo(REFUSED, answer));
      await inTurn(subject, REFUSED, { status, text, most: MOST });
    },
  },
];

export const forbiddenClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a call that the user may not make is returned to the caller, and the session stays in use",
    async prove(subject) {
      const { forbiddenCall = "" } = subject.stated;
      const { isForbidden } = typeof forbiddenCall === "string" ? { isForbidden: undefined } : forbiddenCall;
      const response = await send(await subject.signedIn(), forbiddenCall);
      const { status, ok } = response;
      const text = await response.text();
      if (isForbidden === undefined) {
        check(
          !ok,
          `\`forbiddenCall\` was answered ${status}, so the user may make it. If that is a refusal, add \`isForbidden\`.`,
        );
        await inTurn(subject, forbiddenCall, { status, most: MOST });
        return;
      }
      const answer = new Response(text, { status, headers: plainHeaders(response.headers) });
      check(await isForbidden(answer), `\`isForbidden\` is false for the answer to \`forbiddenCall\` (${status}).`);
      const { answer: rejection } = await rejectionOf(subject);
      // If this is true for both responses, a flow cannot distinguish them.
      const most = (await isForbidden(rejection())) ? MOST : 0;
      await inTurn(subject, forbiddenCall, { status, most });
    },
  },
];
