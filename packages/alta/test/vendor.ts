import type { SecondFactor, SecondFactorChallenge, Session } from "@vms/core";
import { fastRetry, shows } from "@vms-tooling/testing";
import nock from "nock";
import { type AltaOptions, type AltaUser, createAltaSession } from "../src/index.ts";

/** A deployment. */
export const host = "https://acme.eu.alta.avigilon.com";

/** Secrets that no error may contain. */
export const username = "integration@acme.example";
export const password = "canary-password-81";
export const va1 = "canary-cookie-1";
export const va2 = "canary-cookie-2";
export const code = "918273";

/** The time of the tests. */
export const START: number = Date.UTC(2030, 0, 1);

export function newSession(options: Partial<AltaOptions> = {}): Session<AltaUser> {
  return createAltaSession({
    baseUrl: host,
    credentials: { username, password },
    retry: fastRetry,
    now: () => START,
    ...options,
  });
}

/** The `Set-Cookie` of a session, as documented, with optional attributes. */
export function setsVa(value: string = va1, attributes: string = ""): Record<string, string> {
  return { "set-cookie": `va=${value}${attributes}` };
}

/** Expects one documented login and answers it. If the response sets `va`, also expects the request for what is required, and returns that nothing is. */
export function onLogin(status: number, body?: nock.Body, headers?: Record<string, string | string[]>): void {
  onDologin(status, body, headers);
  const lines = [headers?.["set-cookie"] ?? []].flat();
  const [va] = lines.flatMap((line) => /^va=([^;]+)/.exec(line)?.[1] ?? []);
  if (status < 400 && va !== undefined) onAuth(va).reply(200, requires());
}

/** Expects one documented login and answers it. No request follows. */
export function onDologin(status: number, body?: nock.Body, headers?: nock.ReplyHeaders): void {
  nock(host).post("/api/v1/dologin", { username, password }).reply(status, body, headers);
}

/** Expects the request for what is required. */
export function onAuth(va: string = va1): nock.Interceptor {
  return nock(host).get("/api/v1/auth").matchHeader("cookie", `va=${va}`);
}

/** The response to that request. */
export function requires(what: "nothing" | "code" | "enrolment" = "nothing"): Record<string, boolean> {
  return { mfaResetRequired: what === "enrolment", mfaChallengeRequired: what === "code" };
}

/** Expects a login after which a code is required. */
export function onLoginRequiringCode(va: string = va1, attributes: string = ""): void {
  onDologin(200, {}, setsVa(va, attributes));
  onAuth(va).reply(200, requires("code"));
}

/** Expects one documented code. */
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

/** A `secondFactor` that returns these codes in order, and the challenges that it received. */
export function answering(...codes: string[]): { secondFactor: SecondFactor; challenges: SecondFactorChallenge[] } {
  const challenges: SecondFactorChallenge[] = [];
  const secondFactor: SecondFactor = (challenge) => {
    challenges.push(challenge);
    return { method: "totp", code: codes[challenges.length - 1] ?? "000000" };
  };
  return { secondFactor, challenges };
}

/** The status of a data call. */
export async function zonesStatus(session: Session<AltaUser>): Promise<number> {
  return (await session.fetch("api/v1/alarmZones")).status;
}

/** Whether a value contains a secret. */
export function showsSecret(value: unknown): boolean {
  return shows(value, [password, va1, va2, code]);
}
