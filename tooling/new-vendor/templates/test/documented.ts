import nock from "nock";

// Write this: the vendor's page, as far as tests need it. Write it from the page, and not from `src`.

export const host = "https://vms.acme.example";

/** Canaries: no error may show one. */
export const username = "ada@acme.example";
export const password = "canary-password-81";
export const token = "canary-token-81";

/** The documented request of a login, with the canaries. */
export function onLogin(): nock.Interceptor {
  return nock(host).post("/api/login", { username, password });
}

/** The documented answer to it. */
export function accepted(): Record<string, unknown> {
  return { token };
}

/** The documented answer to a wrong password. */
export function refused(): readonly [status: number, body: nock.Body] {
  return [401, { error: "wrong user name or password" }];
}

/** A documented call with the credential. */
export function onCall(): nock.Interceptor {
  return nock(host).get("/api/cameras").matchHeader("authorization", `Bearer ${token}`);
}

/** The path of that call. */
export const call = "api/cameras";
