import { check, same } from "../../checks.ts";
import type { Clause } from "../../clause.ts";
import { nothingSent, vmsErrorOf } from "../assertions.ts";
import type { FlowSubject } from "../subject.ts";

/** Returns the cookies of a session, as another program would have them. */
async function cookiesOf({ signedIn, stated }: FlowSubject): Promise<Readonly<Record<string, string>>> {
  const authorization = await (await signedIn()).authorization();
  const cookies = typeof stated.resumes === "function" ? stated.resumes(authorization) : authorization.cookies;
  check(Object.keys(cookies).length > 0, "a session has no cookies, but `resumes` is stated.");
  return cookies;
}

export const resumptionClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a session given as cookies is used without a login",
    async prove(subject) {
      const { open, call, logins } = subject;
      const cookies = await cookiesOf(subject);
      const session = open({ cookies });
      const { account } = await session.login();
      same(account, subject.server.account.username, "the account of a session that was resumed");
      await call(session, "a call of a session that was resumed");
      await call(open({ cookies }), "a call of another session that was resumed");
      same(logins(), 1, "logins, with the one that the cookies come from");
    },
  },
  {
    name: "cookies of an ended session, or of no session, lead to one login",
    async prove(subject) {
      const { open, call, logins, server } = subject;
      const cookies = await cookiesOf(subject);
      await server.revokeAll();
      for (const given of [cookies, { "made-up": "and-unknown" }]) {
        const before = logins();
        const session = open({ cookies: given });
        await call(session, "a call of a session whose cookies are worth nothing");
        await call(session, "another call of that session");
        same(logins() - before, 1, "logins of a session whose cookies are worth nothing");
      }
    },
  },
];

export const noResumptionClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "the option `cookies` is invalid_options, unless `resumes` is stated",
    async prove({ open, network }) {
      const cookies = { "made-up": "cookie" };
      await vmsErrorOf(() => open({ cookies }).login(), "the option `cookies`", "invalid_options");
      nothingSent(network, "the option `cookies`");
    },
  },
];
