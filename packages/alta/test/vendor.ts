import { inspect } from "node:util";
import type { Session } from "@vms/core";
import nock from "nock";
import { afterEach, beforeEach } from "vitest";
import { type AltaOptions, type AltaUser, createAltaSession } from "../src/index.ts";

/** A deployment, as the vendor writes its address. */
export const host = "https://acme.eu.alta.avigilon.com";

/** Canaries: none of them may be seen in an error. */
export const username = "integration@acme.example";
export const password = "canary-password-81";
export const va1 = "canary-cookie-1";
export const va2 = "canary-cookie-2";
export const code = "918273";

/** When the tests take place. */
export const START: number = Date.UTC(2030, 0, 1);

/** The network is closed but for what a test expects, and all of that must have come. */
export function useNock(): void {
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    nock.enableNetConnect();
    if (pending.length > 0) throw new Error(`never requested: ${pending.join(", ")}`);
  });
}

export function newSession(options: Partial<AltaOptions> = {}): Session<AltaUser> {
  return createAltaSession({
    baseUrl: host,
    credentials: { username, password },
    retry: { minDelay: 1, maxDelay: 1 },
    now: () => START,
    ...options,
  });
}

/** The `Set-Cookie` of a session, as documented, with attributes where a test wants some. */
export function setsVa(value: string = va1, attributes: string = ""): Record<string, string> {
  return { "set-cookie": `va=${value}${attributes}` };
}

/** Expects one login, with the documented body, and answers it; where that sets `va`, the question what is owed: nothing. */
export function onLogin(status: number, body?: nock.Body, headers?: Record<string, string | string[]>): void {
  onDologin(status, body, headers);
  const lines = [headers?.["set-cookie"] ?? []].flat();
  const [va] = lines.flatMap((line) => /^va=([^;]+)/.exec(line)?.[1] ?? []);
  if (status < 400 && va !== undefined) onAuth(va).reply(200, owes());
}

/** Expects one login, with the documented body, and answers it; nothing is to be asked after it. */
export function onDologin(status: number, body?: nock.Body, headers?: nock.ReplyHeaders): void {
  nock(host).post("/api/v1/dologin", { username, password }).reply(status, body, headers);
}

/** Expects the question what is owed. */
export function onAuth(va: string = va1): nock.Interceptor {
  return nock(host).get("/api/v1/auth").matchHeader("cookie", `va=${va}`);
}

/** What a session owes. */
export function owes(what: "nothing" | "code" | "enrolment" = "nothing"): Record<string, boolean> {
  return { mfaResetRequired: what === "enrolment", mfaChallengeRequired: what === "code" };
}

/** Expects one code, as documented. */
export function onTotp(given: string, va: string = va1): nock.Interceptor {
  return nock(host)
    .post("/api/v1/totp", JSON.stringify({ code: given, name: "" }))
    .matchHeader("cookie", `va=${va}`);
}

/** Expects one sign-out. */
export function onLogout(va: string = va1): nock.Interceptor {
  return nock(host).post("/api/v1/logout").matchHeader("cookie", `va=${va}`);
}

/** Expects one data call with a cookie. */
export function onZones(va: string): nock.Interceptor {
  return nock(host).get("/api/v1/alarmZones").matchHeader("cookie", `va=${va}`);
}

/** What a login fails with. */
export async function failureOf(session: Session<AltaUser>): Promise<unknown> {
  return session.login().then(
    () => new Error("the login succeeded"),
    (error: unknown) => error,
  );
}

/** Whether anything secret can be seen in an error, at any depth. */
export function showsSecret(error: unknown): boolean {
  const seen = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
  return [password, va1, va2, code].some((secret) => seen.includes(secret));
}
