import { check, same } from "../checks.ts";
import type { Clause } from "../clause.ts";
import { known, nothingSent, vmsErrorOf } from "./assertions.ts";
import { send } from "./contract-call.ts";
import { answers } from "./network.ts";
import { openStore } from "./stored-value.ts";
import type { FlowSubject } from "./subject.ts";

export const signingOutClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "after logout(), calls fail with session_closed, and login() opens the session again",
    async prove({ signedIn, call, network, logins, server }) {
      const { store, values } = openStore();
      const session = await signedIn({ store });
      await session.logout();
      network.clear();
      known(session, false, "after logout()");
      same(values.size, 0, "sessions in the store after logout()");
      await vmsErrorOf(() => send(session, server.firstCall), "a call after logout()", "session_closed");
      await vmsErrorOf(() => session.authorization(), "authorization() after logout()", "session_closed");
      nothingSent(network, "a call after logout()");
      await session.login();
      await call(session, "after logout() and login()");
      same(logins(), 2, "logins after logout() and login()");
    },
  },
  {
    name: "logout() twice, or without a session, is no error and sends nothing",
    async prove({ open, signedIn, network }) {
      const session = await signedIn();
      await session.logout();
      network.clear();
      await session.logout();
      await open().logout();
      nothingSent(network, "logout() twice, or without a session");
    },
  },
];

export const vendorSignOutClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "logout() ends the session at the vendor",
    async prove({ signedIn, call, network, server }) {
      const before = server.sessions;
      const session = await signedIn();
      await call(session, "a live session");
      network.clear();
      await session.logout();
      check(network.sent.length > 0, "logout() sends nothing, but the vendor has a sign-out.");
      if (before !== undefined) same(server.sessions, before, "sessions at the vendor, as before the login");
    },
  },
  {
    name: "logout() of a session that the vendor has already ended is no error",
    async prove({ signedIn, server }) {
      const session = await signedIn();
      await server.revokeAll();
      await session.logout();
      known(session, false, "after logout()");
    },
  },
  {
    name: "a logout() that fails at the vendor is an error, and the session is removed locally",
    async prove({ signedIn, network, server }) {
      const { store, values } = openStore();
      const session = await signedIn({ store });
      network.meet(answers(500, "made up"));
      await vmsErrorOf(() => session.logout(), "a logout() answered 500", "vendor_unavailable");
      same(values.size, 0, "sessions in the store after it");
      known(session, false, "after it");
      await vmsErrorOf(() => send(session, server.firstCall), "a call after it", "session_closed");
    },
  },
];

export const localSignOutClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "logout() sends nothing if the vendor has no sign-out",
    async prove({ signedIn, network }) {
      const session = await signedIn();
      network.clear();
      await session.logout();
      nothingSent(network, "logout()");
    },
  },
];
