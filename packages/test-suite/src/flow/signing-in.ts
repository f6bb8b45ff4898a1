import { check, pause, same } from "../checks.ts";
import type { Clause } from "../clause.ts";
import { known, nothingSent, vmsErrorOf } from "./assertions.ts";
import { requestOf, send } from "./contract-call.ts";
import { rejectionOf } from "./rejection.ts";
import { holdsPassword } from "./secrets/find-secrets.ts";
import type { FlowSubject } from "./subject.ts";

/** Statuses that do not mean an ended session, unless the vendor uses them for that. */
const FAILURES = [400, 404, 409, 500, 503];

export const signingInClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "creating a session sends nothing",
    async prove({ open, network }) {
      const session = open();
      await pause();
      nothingSent(network, "creating a session");
      known(session, false, "before the first call");
    },
  },
  {
    name: "the first call signs in, and gets its response",
    async prove({ open, call, logins }) {
      const session = open();
      await call(session, "a new session");
      same(logins(), 1, "logins after the first call");
      known(session, true, "after the first call");
      await call(session, "a session in use");
      same(logins(), 1, "logins after a second call");
    },
  },
  {
    name: "concurrent calls share one login",
    async prove({ open, call, logins }) {
      const session = open();
      await Promise.all(Array.from({ length: 10 }, () => call(session, "one of ten concurrent calls")));
      same(logins(), 1, "logins of ten concurrent calls");
    },
  },
  {
    name: "info has the vendor, account and times, as plain JSON",
    async prove({ open, server: { vendor, account } }) {
      const session = open();
      const info = await session.login();
      same(session.info, info, "`info`, compared with what login() returned");
      same(info.vendor, session.vendor, "the vendor in `info`");
      if (vendor !== undefined) same(info.vendor, vendor, "the vendor in `info`, compared with the server's");
      same(info.account, account.username, "the account in `info`");
      check(
        /^https?:\/\/.*\/$/.test(info.baseUrl),
        "the base URL in `info` should be a web address with a trailing slash.",
      );
      check(Number.isFinite(info.issuedAt), "`issuedAt` should be a number of ms.");
      const { expiresAt = Number.POSITIVE_INFINITY } = info;
      check(expiresAt > Date.now(), "`expiresAt` should be in the future, in ms since the epoch.");
      check("user" in info, "`info` should have a user.");
      same(JSON.parse(JSON.stringify(info)), info, "`info` as JSON and back");
    },
  },
  {
    name: "a slash at the end of the base URL or at the start of a path makes no difference",
    async prove({ open, server: { baseUrl, firstCall } }) {
      const bare = baseUrl.replace(/\/$/, "");
      const { path: relative, init } = requestOf(firstCall);
      for (const [base, path] of [
        [bare, `/${relative}`],
        [`${bare}/`, relative],
      ] as const) {
        const response = await open({ baseUrl: base }).fetch(path, init);
        await response.arrayBuffer();
        const where = `${base.slice(bare.length) || "no slash"} at the end of the base URL`;
        check(response.ok, `with ${where}, the first call was answered ${response.status}.`);
      }
    },
  },
  {
    name: "an invalid base URL is invalid_options",
    async prove({ open, network }) {
      for (const baseUrl of ["nonsense", "ftp://vms.example", "https://user:word@vms.example", "https://"]) {
        await vmsErrorOf(() => open({ baseUrl }).login(), `the base URL ${baseUrl}`, "invalid_options");
      }
      nothingSent(network, "an invalid base URL");
    },
  },
  {
    name: "http:// beyond this machine is insecure_transport, and nothing is sent",
    async prove({ open, network, server }) {
      const baseUrl = `http://vms.example${new URL(server.baseUrl).pathname}`;
      await vmsErrorOf(() => open({ baseUrl }).login(), "http:// beyond this machine", "insecure_transport");
      nothingSent(network, "http:// beyond this machine");
    },
  },
  {
    name: "an empty user name or password is invalid_options, and nothing is sent",
    async prove({ open, network, server: { account } }) {
      for (const empty of [{ password: "" }, { username: "" }]) {
        const credentials = { ...account, ...empty };
        const what = `an empty ${Object.keys(empty)[0]}`;
        await vmsErrorOf(() => open({ credentials }).login(), what, "invalid_options");
        await vmsErrorOf(
          () => open({ credentials: () => credentials }).login(),
          `${what} of a function`,
          "invalid_options",
        );
      }
      nothingSent(network, "an empty user name or password");
    },
  },
  {
    name: "a wrong password is invalid_credentials, and is sent once",
    async prove({ open, network, call, attempts, server: { account } }) {
      const wrong = { ...account, password: `wrong-${crypto.randomUUID().slice(0, 13)}` };
      const given = { now: wrong };
      for (const credentials of [wrong, () => given.now]) {
        network.clear();
        const before = attempts() ?? 0;
        const session = open({ credentials });
        await vmsErrorOf(() => call(session, "a wrong password"), "a wrong password", "invalid_credentials");
        const tried = network.sent.filter((one) =>
          holdsPassword([one.url, one.body, ...one.headers.values()].join("\n"), wrong),
        );
        check(tried.length <= 1, `a wrong password was sent ${tried.length} times.`);
        const now = attempts();
        if (now !== undefined) same(now - before, 1, "attempts with a wrong password");
        network.clear();
        await vmsErrorOf(() => call(session, "a wrong password"), "a second call", "invalid_credentials");
        await vmsErrorOf(() => session.login(), "a login after that", "invalid_credentials");
        nothingSent(network, "calls after a wrong password");
        known(session, false, "after a wrong password");
        if (typeof credentials !== "function") continue;
        given.now = account;
        await call(session, "the right password after a wrong one");
      }
    },
  },
  {
    name: "renew() creates a new session",
    async prove({ signedIn, call, logins }) {
      const session = await signedIn();
      const { account } = await session.renew();
      same(logins(), 2, "logins after renew()");
      same(session.info?.account, account, "the account in `info` after renew()");
      await call(session, "after renew()");
      same(logins(), 2, "logins after renew() and a call");
    },
  },
  {
    name: "a session that the vendor has ended costs one login, and the call succeeds",
    async prove({ signedIn, call, logins, server }) {
      const session = await signedIn();
      await call(session, "a live session");
      await server.revokeAll();
      await call(session, "a session that the vendor has ended");
      same(logins(), 2, "logins after the vendor ended the session");
      await server.revokeAll();
      await Promise.all(Array.from({ length: 5 }, () => call(session, "one of five calls after the vendor ended it")));
      same(logins(), 3, "logins after the vendor ended the session again, and five concurrent calls");
    },
  },
  {
    name: "any other failed response is returned to the caller, and costs no login",
    async prove(subject) {
      const { signedIn, call, network, logins, stated, server } = subject;
      const { status: rejection } = await rejectionOf(subject);
      const before = logins();
      const session = await signedIn();
      for (const status of stated.failures ?? FAILURES.filter((one) => one !== rejection)) {
        network.meet(() => new Response("<p>made up</p>", { status, headers: { "content-type": "text/html" } }));
        const response = await send(session, server.firstCall);
        same(response.status, status, "the status of a call that fails");
        same(await response.text(), "<p>made up</p>", `the body of a response ${status}`);
        network.meet(undefined);
      }
      await call(session, "after calls that failed");
      same(logins() - before, 1, "logins of a session whose calls failed");
    },
  },
  {
    name: "two sessions share nothing",
    async prove({ signedIn, call, logins }) {
      const [one, other] = [await signedIn(), await signedIn()];
      same(logins(), 2, "logins of two sessions");
      await one.logout().catch(() => {});
      known(other, true, "after another session's logout()");
      await call(other, "after another session's logout()");
    },
  },
];

/** The clauses for flows whose calls are not signed. */
export const authorizationClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "authorization() returns what another fetch needs",
    async prove({ open, network, server: { firstCall } }) {
      const session = open();
      const { headers, searchParams } = await session.authorization();
      const { path, init } = requestOf(firstCall);
      const url = new URL(path, session.info?.baseUrl);
      for (const [name, value] of Object.entries(searchParams)) url.searchParams.set(name, value);
      const response = await network.fetch(url, { ...init, headers: { ...init.headers, ...headers } });
      await response.arrayBuffer();
      check(response.ok, `a bare fetch of the first call, with authorization(), was answered ${response.status}.`);
    },
  },
];
