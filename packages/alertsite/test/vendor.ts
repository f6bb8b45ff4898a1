import { inspect } from "node:util";
import type { Session } from "@vms/core";
import nock from "nock";
import { afterEach, beforeEach } from "vitest";
import { type AlertSiteOptions, type AlertSiteUser, createAlertSiteSession } from "../src/index.ts";

/** AlertSite's host, and the path of its API. */
export const host = "https://www.alertsite.com";
export const base = "/alertsite-restapi";

/** Canaries: none of them may be seen in an error. */
export const username = "canary.user@acme.example";
export const password = "canary-password-81";
export const session1 = "ca9a47000000001e";
export const session2 = "ca9a47000000002e";

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

export function newSession(options: Partial<AlertSiteOptions> = {}): Session<AlertSiteUser> {
  return createAlertSiteSession({
    credentials: { username, password },
    retry: { minDelay: 1, maxDelay: 1 },
    ...options,
  });
}

/** An accepted login, as documented. */
export function accepted(session: string = session1): object {
  return { metadata: { login: username, session, status: "0", message: "No errors." } };
}

/** A refusal, as documented. */
export function refused(status: string | number, message: string): object {
  return { metadata: { login: username, status, message } };
}

/** Expects one login, with the documented body, and answers it. */
export function onLogin(status: number, body: nock.Body, headers?: nock.ReplyHeaders): nock.Scope {
  return nock(host).post(`${base}/login`, { login: username, password }).reply(status, body, headers);
}

export function bearer(session: string): string {
  return `Bearer ${Buffer.from(`${username}:${session}`).toString("base64")}`;
}

/** What a login fails with. */
export async function failureOf(session: Session<unknown>): Promise<unknown> {
  return session.login().then(
    () => new Error("the login succeeded"),
    (error: unknown) => error,
  );
}

/** Whether anything secret can be seen in an error, at any depth. */
export function showsSecret(error: unknown): boolean {
  const seen = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
  return [password, session1, session2, bearer(session1), bearer(session2)].some((secret) => seen.includes(secret));
}
