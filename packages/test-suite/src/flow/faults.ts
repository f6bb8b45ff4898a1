import { isVmsError } from "@vms/core";
import { check, same } from "../checks.ts";
import type { Clause } from "../clause.ts";
import { known, vmsErrorOf } from "./assertions.ts";
import { send } from "./contract-call.ts";
import { answers, ELSEWHERE, type Fault, noNetwork, onlyAt } from "./network.ts";
import { type FlowSubject, stepsOf } from "./subject.ts";

const ATTEMPTS = 3;

/** A clause on a temporary failure: a login is retried a limited number of times, and succeeds if the failure ends in time. */
function isTriedAgain(name: string, fault: Fault): Clause<FlowSubject> {
  return {
    name,
    async prove(subject) {
      const { open, network, call, logins, waitOut } = subject;
      const steps = await stepsOf(subject);
      const session = open();
      network.meet(fault);
      await vmsErrorOf(() => session.login(), "a login that fails each time", "vendor_unavailable");
      same(network.sent.length, ATTEMPTS, "requests of a login of three attempts that all fail");
      known(session, false, "after a login that failed");
      network.meet(undefined);
      waitOut();
      await call(session, "after a login that failed");
      for (let step = 0; step < steps; step++) {
        const before = logins();
        const again = open();
        network.meet(onlyAt(step, fault));
        const what = `a login that fails once, at request ${step + 1} of ${steps}`;
        await call(again, what);
        same(logins() - before, 1, `logins that succeeded in ${what}`);
      }
    },
  };
}

/** A clause on a malformed response: it is an error, and never becomes a session. */
function isNoSession(which: string, fault: Fault): Clause<FlowSubject> {
  return {
    name: `a login answered with ${which} is an error, and leaves the session as it was`,
    async prove(subject) {
      const { open, signedIn, network, call, logins, server, waitOut } = subject;
      const steps = await stepsOf(subject);
      const session = open();
      network.meet(fault);
      await vmsErrorOf(() => send(session, server.firstCall), `a login answered with ${which}`);
      known(session, false, `after a login answered with ${which}`);
      network.meet(undefined);
      waitOut();
      await call(session, `after a login answered with ${which}`);

      const live = await signedIn();
      const { info } = live;
      const before = logins();
      network.meet(fault);
      await vmsErrorOf(() => live.renew(), `a renew() answered with ${which}`);
      network.meet(undefined);
      same(live.info, info, `\`info\` after a renew() answered with ${which}`);
      await call(live, `after a renew() answered with ${which}`);
      same(logins(), before, `logins after a renew() answered with ${which}`);

      for (let step = 1; step < steps; step++) {
        const later = open();
        network.meet(onlyAt(step, fault));
        const what = `a login with request ${step + 1} of ${steps} answered with ${which}`;
        try {
          await later.login();
        } catch (error) {
          check(isVmsError(error), `${what} fails with an error that is not one of @vms.`);
          known(later, false, `after ${what}`);
        }
        network.meet(undefined);
        waitOut();
        await call(later, `after ${what}`);
      }
    },
  };
}

export const faultClauses: readonly Clause<FlowSubject>[] = [
  isTriedAgain("a login answered 500 is retried a limited number of times", answers(500, "made up")),
  isTriedAgain("a login that does not reach the vendor is retried a limited number of times", noNetwork),
  {
    name: "a login answered 429 with a long Retry-After fails immediately, with `retryAfter`",
    async prove({ open, network, call, waitOut }) {
      const session = open();
      network.meet(answers(429, "{}", { "retry-after": "3600" }));
      const error = await vmsErrorOf(() => session.login(), "a login answered 429", "rate_limited");
      same((error as { retryAfter?: number }).retryAfter, 3_600_000, "`retryAfter` in ms");
      same(network.sent.length, 1, "requests of that login");
      network.meet(undefined);
      waitOut();
      await call(session, "after a login answered 429");
    },
  },
  isNoSession("HTML", answers(200, "<!doctype html><title>Sign in</title>", { "content-type": "text/html" })),
  isNoSession("incomplete JSON", answers(200, '{"token": "made up', { "content-type": "application/json" })),
  isNoSession("an empty body", answers(200, "", { "content-type": "application/json" })),
  isNoSession("JSON of another shape", answers(200, '{"made":"up"}', { "content-type": "application/json" })),
  {
    name: "a login follows no redirect",
    async prove({ open, network, server }) {
      for (const status of [302, 307, 308]) {
        for (const target of [`${ELSEWHERE}/caught`, new URL("/caught", server.baseUrl).href]) {
          const session = open();
          network.clear();
          network.meet(({ url }) =>
            url === target ? Response.json({}) : new Response(null, { status, headers: { location: target } }),
          );
          await vmsErrorOf(() => session.login(), `a login answered ${status}`);
          check(!network.sent.some(({ url }) => url === target), `a redirect (${status}) of a login was followed.`);
          known(session, false, "after a login that was redirected");
        }
      }
    },
  },
  {
    name: "a login that gets no response fails after `timeout`",
    async prove({ open, network, call }) {
      const session = open({ timeout: 60 });
      network.meet(() => new Promise(() => {}));
      await vmsErrorOf(() => session.login(), "a login that is never answered", "vendor_unavailable");
      network.meet(undefined);
      const patient = open();
      await call(patient, "another session after that");
    },
  },
];
