import type { Mutation } from "./mutation.ts";

/** Mutations of the core's services for flows: extensions, signatures, turns. */
export const flowMutations: readonly Mutation[] = [
  {
    removed: "the extension of a session that has expired",
    file: "session/state-machine.ts",
    find: "this.#end(live, isExtendable(",
    replace: "this.#end(live, false && isExtendable(",
  },
  {
    removed: "the extension of a session that was rejected",
    file: "session/state-machine.ts",
    find: "helped && isExtendable(",
    replace: "false && isExtendable(",
  },
  {
    removed: "that the password is used after an extension that did not help",
    file: "session/state-machine.ts",
    find: "const helped = current.acceptedAt !== undefined;",
    replace: "const helped = true;",
  },
  {
    removed: "the expiry of the possibility to extend a session",
    file: "contract/session-record.ts",
    find: "extendableUntil !== undefined && now < extendableUntil",
    replace: "extendableUntil !== undefined",
  },
  {
    removed: "the extension of an expired session in the store",
    file: "login/acquire-session.ts",
    find: "isExtendable(stored, now) || now <",
    replace: "now <",
  },
  {
    removed: "the lock around an extension",
    file: "login/acquire-session.ts",
    find: "return lockOrSession(setup, account, { signal, closed, report, isLimited: false }, look, async (lease) => {",
    replace: "return ((run) => run(undefined))(async (lease) => {",
  },
  {
    removed: "the write of an extended session before its use",
    file: "login/acquire-session.ts",
    find: `return await save(run, live, "extend");`,
    replace: `{ void save(run, live, "extend"); return { live, by: "extend" }; }`,
  },
  {
    removed: "the check that a rotation does not replace an extension",
    file: "session/state-machine.ts",
    find: " || live.extensions !== extensions",
    replace: "",
  },
  {
    removed: "that a refused extension is not requested again",
    file: "login/acquire-session.ts",
    find: "if (!attempt.background || record.extendableUntil !== undefined) attempt.history.spend(record);",
    replace: "",
  },
  {
    removed: "keeping a stored session until it can no longer be extended",
    file: "contract/stored-value.ts",
    find: "const ends = [session?.expiresAt, session?.extendableUntil,",
    replace: "const ends = [session?.expiresAt,",
  },
  {
    removed: "the sign-out of a session that has expired and can be extended",
    file: "session/state-machine.ts",
    find: "const live = this.peek() ?? this.#extendable;",
    replace: "const live = this.peek();",
  },
  {
    removed: "the check of the origin of a login's base URL",
    file: "login/check-login.ts",
    find: "if (!matchesOrigin(url.origin, known))",
    replace: "if (false)",
  },
  {
    removed: "the check of a signature",
    file: "request/signing/sign-request.ts",
    find: `if (!requireSendable(flow.vendor, "sign", headers)) return undefined;`,
    replace: "",
  },
  {
    removed: "the answer to a challenge of a request with a body",
    file: "request/signing/sign-request.ts",
    find: "if (answer === undefined || !(await mayRepeat())) return first;",
    replace: "if (answer === undefined || request.body != null) return first;",
  },
  {
    removed: "the signature of a redirected request",
    file: "request/follow-redirects.ts",
    find: "target === undefined || engine.flow.sign === undefined",
    replace: "true",
  },
  {
    removed: "the shared counter of a nonce that several calls receive",
    file: "request/signing/digest.ts",
    find: "known.get(made.nonce) ?? made",
    replace: "made",
  },
  {
    removed: "the order of exclusive calls",
    file: "session/state-machine.ts",
    find: "const end = await this.#turns.take(signal);",
    replace: "const end = () => {};",
  },
  {
    removed: "that a renewal takes a turn between exclusive calls",
    file: "session/state-machine.ts",
    find: "if (this.#attempt?.background) await",
    replace: "if (false) await",
  },
  {
    removed: "the wait for the last call before an exclusive session is signed out",
    file: "login/release-session.ts",
    find: "live !== undefined && setup.flow.exclusive",
    replace: "false",
  },
  {
    removed: "the wait for a credential that `rotate` reads from a body",
    file: "request/authenticated-fetch.ts",
    find: "if (rotating !== undefined) {",
    replace: "if (false) {",
  },
  {
    removed: "the digest in the account name of an API key",
    file: "login/login-credentials.ts",
    find: "await shortDigest(apiKey)",
    replace: "0",
  },
];
