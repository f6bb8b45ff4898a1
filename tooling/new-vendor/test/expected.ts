import { flowContract } from "@vms/test-suite";

/** The places of a new package that its author has to write before the contract holds. */
export type Place = "login" | "authorize" | "logout" | "errors" | "server";

const NEEDS_NO_LOGIN = [
  "creating a session sends nothing",
  "an invalid base URL is invalid_options",
  "http:// beyond this machine is insecure_transport, and nothing is sent",
  "an empty user name or password is invalid_options, and nothing is sent",
];
/** Its login is only ever answered with a redirect. */
const NEEDS_A_LOGIN_THAT_FAILS = "a login follows no redirect";

const all = clauses();
const withSession = all.filter((name) => !NEEDS_NO_LOGIN.includes(name) && name !== NEEDS_A_LOGIN_THAT_FAILS);

/** The clauses that fail if only that place is not written. */
export const failing: Readonly<Record<Place, readonly string[]>> = {
  login: [...withSession, NEEDS_A_LOGIN_THAT_FAILS],
  authorize: withSession,
  server: withSession,
  errors: ["a wrong password is invalid_credentials, and is sent once"],
  logout: [
    "after logout(), calls fail with session_closed, and login() opens the session again",
    "logout() twice, or without a session, is no error and sends nothing",
    "logout() ends the session at the vendor",
    "logout() of a session that the vendor has already ended is no error",
    "a logout() that fails at the vendor is an error, and the session is removed locally",
    "a `fetch` that caches stores nothing of a login, a renewal or a sign-out",
  ],
};

/** The tests that fail in a new package. */
export const failingAtFirst: readonly string[] = [
  ...failing.login.map((name) => `contract.test.ts: ${name}`),
  "errors.test.ts: a login that fails is invalid_credentials if the vendor refuses the password as documented, and is sent once",
  "errors.test.ts: a login that fails is rate_limited for a 429",
  "flow.test.ts: signing in sends the documented request, and accepts the documented answer",
  "flow.test.ts: a call carries the credential as documented",
  "flow.test.ts: a call that the vendor refuses is sent again after one new login",
  "wire.test.ts: the answer to a login has the shape of the vendor's example, and may have undocumented keys",
  "left-to-write.test.ts: nothing is left to write",
];

/** The names of the contract's clauses. None is run. */
function clauses(): string[] {
  const names: string[] = [];
  flowContract(
    (name) => names.push(name),
    () => ({}) as never,
    {} as never,
  );
  return names;
}
