import { check, isSame, same } from "../../checks.ts";
import type { Clause } from "../../clause.ts";
import { goesTo } from "../rejection.ts";
import { credentialsOf } from "../secrets/collect-secrets.ts";
import { holds } from "../secrets/find-secrets.ts";
import type { FlowSubject } from "../subject.ts";
import { afterLogin, lasts } from "./lifetimes.ts";
import { keptSession, textOf } from "./virtual-time.ts";

const MANY = 20;

/** The clauses for flows whose credential is replaced by the responses to calls. */
export const rotationClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "after a response with a new credential, the next call uses the new one",
    async prove(subject) {
      const { call, logins, network, server } = subject;
      const { session } = await keptSession(subject);
      for (let round = 0; round < 3; round++) {
        const before = await session.authorization();
        await call(session, "a call whose response has a new credential");
        const after = await session.authorization();
        check(!isSame(before, after), "`authorization()` is the same after a response with a new credential.");
        const [old, current] = [credentialsOf(before, server.account), credentialsOf(after, server.account)];
        network.clear();
        await call(session, "the next call");
        const text = network.sent
          .filter((one) => goesTo(one, server.firstCall, session))
          .map(textOf)
          .join("\n");
        check(
          current.some((secret) => !old.includes(secret) && holds(text, secret)),
          "the next call was not sent with the new credential.",
        );
        check(
          !old.some((secret) => !current.includes(secret) && holds(text, secret)),
          "the next call was sent with the replaced credential.",
        );
      }
      same(logins(), 1, "logins of a session whose credential was replaced by each call");
    },
  },
  {
    name: "a new credential of a response lasts as long as the server grants, and is stored",
    async prove(subject) {
      const { call, stated, open, logins } = subject;
      const { session, record } = await keptSession(subject);
      const first = await record();
      await call(session, "a call whose response has a new credential");
      const stored = await record();
      check(!isSame(first.data, stored.data), "the store has the replaced credential.");
      lasts(afterLogin(stored, "expiresAt"), stated.lifetime?.expiresIn, "the lifetime of a new credential");
      await open().logout();
      same(logins(), 1, "logins of a session whose credential was replaced by a call");
    },
  },
];

export const noRotationClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "no response to a call replaces the credential, unless `rotates` is stated",
    async prove({ signedIn, call }) {
      const session = await signedIn();
      let rotated = 0;
      session.on("rotated", () => void rotated++);
      for (const which of ["first", "second", "third"]) await call(session, `the ${which} call`);
      same(rotated, 0, "credentials that were replaced");
    },
  },
];

/** The clauses for all flows. */
export const concurrentClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "twenty concurrent calls with a live session succeed, and cost no login",
    async prove({ signedIn, call, logins }) {
      const session = await signedIn();
      for (const round of ["first", "second"]) {
        await Promise.all(Array.from({ length: MANY }, () => call(session, `one of twenty calls, the ${round} time`)));
      }
      same(logins(), 1, "logins of a session that made forty calls");
    },
  },
];
