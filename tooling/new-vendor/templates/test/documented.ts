import type nock from "nock";
import { writeThis } from "../src/write-this.ts";

// The parts of the vendor's page that tests need. Write them from the page, not from `src`.

export const host = "https://vms.acme.example";

/** Canaries: no error may show one. */
export const username = "ada@acme.example";
export const password = "canary-password-81";
export const token = "canary-token-81";

/** The documented request of a login, with the canaries: `nock(host).post(…)`. */
export function onLogin(): nock.Interceptor {
  return writeThis("the documented request of a login, in test/documented.ts");
}

/** The documented answer to it. */
export function accepted(): Record<string, unknown> {
  return writeThis("the documented answer to a login, in test/documented.ts");
}

/** The documented answer to a wrong password. */
export function refused(): readonly [status: number, body: nock.Body] {
  return writeThis("the documented answer to a wrong password, in test/documented.ts");
}

/** A documented call with the credential: `nock(host).get(…).matchHeader(…)`. */
export function onCall(): nock.Interceptor {
  return writeThis("a documented call, in test/documented.ts");
}

/** The path of that call. */
export const call = "write-this";
