import { check, same } from "../../checks.ts";
import type { Clause } from "../../clause.ts";
import { holdsPassword } from "../secrets/find-secrets.ts";
import { openStore } from "../stored-value.ts";
import type { FlowSubject } from "../subject.ts";
import { advancePast, advanceTo, besidesCalls, textOf } from "./virtual-time.ts";

const MANY = 20;

/** Checks that something was sent, without the password. */
function withoutPassword({ network, server: { account } }: FlowSubject, what: string): void {
  check(network.sent.length > 0, `${what} sent nothing.`);
  const isSent = network.sent.some((request) => holdsPassword(textOf(request), account));
  check(!isSent, `${what} sent the password.`);
}

/** The clauses for flows that can extend a session after its end (`extendableFor`, `extendableUntil`). */
export const extendabilityClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "the first call after a session's end extends it, without the password",
    async prove(subject) {
      const { signedIn, network, call, logins } = subject;
      const session = await signedIn();
      for (const end of ["first", "second"]) {
        await advanceTo(subject, session, -1_000);
        network.clear();
        await call(session, `the first call after the ${end} end`);
        withoutPassword(subject, `the first call after the ${end} end`);
        check(besidesCalls(subject, session).length > 0, `the ${end} end led to no extension.`);
        same(logins(), 1, `logins after the ${end} end`);
      }
    },
  },
  {
    name: "an expired session in the store is extended by the next session object, without the password",
    async prove(subject) {
      const { signedIn, open, network, call, logins } = subject;
      const { store } = openStore();
      await advanceTo(subject, await signedIn({ store }), -1_000);
      network.clear();
      const next = open({ store });
      await call(next, "the first call of another session object");
      withoutPassword(subject, "the first call of another session object");
      await call(open({ store }), "a third session object");
      same(logins(), 1, "logins of three session objects");
    },
  },
  {
    name: "concurrent calls after a session's end share one extension",
    async prove(subject) {
      const { signedIn, network, call, logins } = subject;
      const session = await signedIn();
      await advanceTo(subject, session, -1_000);
      network.clear();
      await call(session, "a single call after the end");
      const steps = besidesCalls(subject, session).length;
      await advanceTo(subject, session, -1_000);
      network.clear();
      await Promise.all(Array.from({ length: MANY }, () => call(session, "one of twenty calls after the end")));
      same(besidesCalls(subject, session).length, steps, "requests of an extension for twenty calls");
      same(logins(), 1, "logins of a session that twenty calls extended after its end");
    },
  },
  {
    name: "an extension after the end that the server refuses leads to one login",
    async prove(subject) {
      const { signedIn, call, logins, server } = subject;
      const session = await signedIn();
      await server.revokeAll();
      await advanceTo(subject, session, -1_000);
      await Promise.all(Array.from({ length: MANY }, () => call(session, "one of twenty calls after the end")));
      same(logins(), 2, "logins of a session that the server had ended");
    },
  },
];

/** The clauses for servers that limit the time for extensions. */
export const extensionEndClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "when a session can no longer be extended, the next call signs in once",
    async prove(subject) {
      const { signedIn, network, call, logins, server } = subject;
      const session = await signedIn();
      await advancePast(subject, session);
      network.clear();
      await Promise.all(Array.from({ length: 5 }, () => call(session, "one of five calls")));
      const byPassword = network.sent.some((request) => holdsPassword(textOf(request), server.account));
      check(byPassword, "the login did not send the password.");
      same(logins(), 2, "logins before and after the time until which the session can be extended");
    },
  },
];
