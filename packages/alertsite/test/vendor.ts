import type { Session } from "@vms/core";
import { fastRetry, shows } from "@vms-tooling/testing";
import nock from "nock";
import { type AlertSiteOptions, type AlertSiteUser, createAlertSiteSession } from "../src/index.ts";

/** AlertSite's host, and the path of its API. */
export const host = "https://www.alertsite.com";
export const base = "/alertsite-restapi";

/** Secrets that no error may contain. */
export const username = "canary.user@acme.example";
export const password = "canary-password-81";
export const session1 = "ca9a47000000001e";
export const session2 = "ca9a47000000002e";

export function newSession(options: Partial<AlertSiteOptions> = {}): Session<AlertSiteUser> {
  return createAlertSiteSession({
    credentials: { username, password },
    retry: fastRetry,
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

/** Whether a value contains a secret. */
export function showsSecret(value: unknown): boolean {
  return shows(value, [password, session1, session2, bearer(session1), bearer(session2)]);
}
