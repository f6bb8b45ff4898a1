import { check, same } from "../checks.ts";
import type { Clause } from "../clause.ts";
import { gotAnswer, madeUp } from "./assertions.ts";
import type { Sent } from "./network.ts";
import { onlyTo, rejectionOf } from "./rejection.ts";
import type { FlowSubject } from "./subject.ts";

const SIGNED = "made-up-and-signed";
const TEXT = JSON.stringify({ name: "Tür 7" });

function signedOf({ network }: FlowSubject): readonly Sent[] {
  return network.sent.filter(({ url }) => new URL(url).pathname.endsWith(`/${SIGNED}`));
}

/** Whether two requests have different values for a header. */
function differ(one: Sent, other: Sent): boolean {
  return [...one.headers].some(([name, value]) => other.headers.get(name) !== value);
}

export const signingClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "each call has its own signature, which the server accepts",
    async prove(subject) {
      const { signedIn, network, call, logins } = subject;
      const session = await signedIn();
      await call(session, "a signed call");
      network.meet(onlyTo(SIGNED, () => madeUp()));
      network.clear();
      for (const path of [SIGNED, `${SIGNED}?zone=1`]) await (await session.fetch(path)).arrayBuffer();
      const [one, other] = signedOf(subject);
      check(one !== undefined && other !== undefined, "two calls sent fewer than two requests.");
      check(differ(one, other), "calls to two URLs were sent with the same headers.");
      await call(session, "another signed call");
      same(logins(), 1, "logins of a session that made signed calls");
    },
  },
];

/** The clauses for flows whose `sign` answers a challenge. */
export const challengeClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a challenge is answered with another signature, without a login, and the whole body is sent again",
    async prove(subject) {
      const { signedIn, network, logins } = subject;
      const { answer } = await rejectionOf(subject);
      check(answer().headers.has("www-authenticate"), "the server's answer to a rejected call has no challenge.");
      const session = await signedIn();
      const before = logins();
      let times = 0;
      network.clear();
      network.meet(onlyTo(SIGNED, () => (times++ === 0 ? answer() : madeUp())));
      const response = await session.fetch(SIGNED, { method: "POST", body: TEXT });
      await gotAnswer(response, "a call that was challenged");
      const [one, other, ...more] = signedOf(subject);
      check(one !== undefined && other !== undefined, "a challenge was not answered.");
      same(more.length, 0, "further requests of a call that was challenged");
      check(one.body === TEXT && other.body === TEXT, "the body of a call that was challenged is not whole.");
      check(differ(one, other), "the answer to a challenge has the same headers as the call.");
      same(logins(), before, "logins after a challenge");
    },
  },
];
