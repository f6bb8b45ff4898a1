import { check, same } from "../checks.ts";
import type { Clause } from "../contract.ts";
import { type FlowBench, known, nothingSent, openStore, vmsErrorOf } from "./bench.ts";
import { answers } from "./wire.ts";

/** Of every vendor. */
export const signingOutClauses: readonly Clause<FlowBench>[] = [
  {
    name: "after logout() calls fail with session_closed, and login() opens the session again",
    async prove({ signedIn, call, wire, logins, server }) {
      const { store, values } = openStore();
      const session = await signedIn({ store });
      await session.logout();
      wire.clear();
      known(session, false, "after logout()");
      same(values.size, 0, "sessions in the store after logout()");
      await vmsErrorOf(() => session.fetch(server.firstCall), "a call after logout()", "session_closed");
      await vmsErrorOf(() => session.authorization(), "authorization() after logout()", "session_closed");
      nothingSent(wire, "a call after logout()");
      await session.login();
      await call(session, "after logout() and login()");
      same(logins(), 2, "logins");
    },
  },
  {
    name: "logout() twice, or without a session, is no error and sends nothing",
    async prove({ open, signedIn, wire }) {
      const session = await signedIn();
      await session.logout();
      wire.clear();
      await session.logout();
      await open().logout();
      nothingSent(wire, "logout() twice, or without a session");
    },
  },
];

/** Of vendors that have a sign-out. */
export const vendorSignOutClauses: readonly Clause<FlowBench>[] = [
  {
    name: "logout() ends the session at the vendor",
    async prove({ signedIn, call, wire, server }) {
      const before = server.sessions;
      const session = await signedIn();
      await call(session, "a live session");
      wire.clear();
      await session.logout();
      check(wire.sent.length > 0, "logout() sends nothing, though the vendor has a sign-out.");
      if (before !== undefined) same(server.sessions, before, "sessions at the vendor, as before the login");
    },
  },
  {
    name: "logout() of a session that the vendor has ended already is no error",
    async prove({ signedIn, server }) {
      const session = await signedIn();
      await server.revokeAll();
      await session.logout();
      known(session, false, "after logout()");
    },
  },
  {
    name: "a logout() that the vendor fails is an error, after forgetting",
    async prove({ signedIn, wire, server }) {
      const { store, values } = openStore();
      const session = await signedIn({ store });
      wire.meet(answers(500, "made up"));
      await vmsErrorOf(() => session.logout(), "a logout() answered 500", "vendor_unavailable");
      same(values.size, 0, "sessions in the store after it");
      known(session, false, "after it");
      await vmsErrorOf(() => session.fetch(server.firstCall), "a call after it", "session_closed");
    },
  },
];

/** Of vendors that have none. */
export const localSignOutClauses: readonly Clause<FlowBench>[] = [
  {
    name: "logout() sends nothing, as the vendor has no sign-out",
    async prove({ signedIn, wire }) {
      const session = await signedIn();
      wire.clear();
      await session.logout();
      nothingSent(wire, "logout()");
    },
  },
];
