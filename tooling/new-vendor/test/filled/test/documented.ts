import nock from "nock";

// The vendor's page, as far as tests need it: written from it, and not from `src`.

export const host = "https://vms.acme.example";

/** Canaries: none of them may be seen in an error. */
export const username = "ada@acme.example";
export const password = "canary-password-81";
export const token = "canary-token-81";

/** The documented request of a login, with the canaries in it. */
export function onLogin(): nock.Interceptor {
  return nock(host).post("/sessions", { login: username, secret: password });
}

/** The documented answer to it. */
export function accepted(): Record<string, unknown> {
  return { token, created: "2030-01-01T00:00:00Z" };
}

/** The documented answer to a wrong password. */
export function refused(): readonly [status: number, body: nock.Body] {
  return [403, { error: "wrong login or secret" }];
}

/** A documented call, with the credential where it belongs. */
export function onCall(): nock.Interceptor {
  return nock(host).get("/cameras").matchHeader("x-session", token);
}

/** The path of that call. */
export const call = "cameras";
