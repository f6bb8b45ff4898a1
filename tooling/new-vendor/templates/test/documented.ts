import nock from "nock";

// Write this: the documented requests and responses that tests need. Write them from the documentation, not from `src`.

export const host = "https://vms.acme.example";

/** Secrets that no error may contain. */
export const username = "ada@acme.example";
export const password = "canary-password-81";
export const token = "canary-token-81";

/** The documented request of a login, with these secrets. */
export function onLogin(): nock.Interceptor {
  return nock(host).post("/api/login", { username, password });
}

/** The documented response to it. */
export function accepted(): Record<string, unknown> {
  return { token };
}

/** The documented response to a wrong password. */
export function refused(): readonly [status: number, body: nock.Body] {
  return [401, { error: "wrong user name or password" }];
}

/** A documented call with the credential. */
export function onCall(): nock.Interceptor {
  return nock(host).get("/api/cameras").matchHeader("authorization", `Bearer ${token}`);
}

/** The path of that call. */
export const call = "api/cameras";
