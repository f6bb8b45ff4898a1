import type { SecondFactor, SecondFactorChallenge } from "@vms/core";
import { fastRetry, shows } from "@vms-tooling/testing";
import nock from "nock";
import { createEagleEyeSession, type EagleEyeOptions, type EagleEyeSession, type EagleEyeUser } from "../src/index.ts";

/** The host of the login, and the host of calls. */
export const host = "https://login.eagleeyenetworks.com";
export const brandHost = "https://c001.eagleeyenetworks.com";

/** Secrets that no error may contain. */
export const username = "canary.user@acme.example";
export const password = "canary&password=81 +";
export const apiKey = "canary-api-key-4711";
export const token1 = "canary/token+1/5cM+Z7eWdPe0c+Up==";
export const token2 = "canary/token+2/5cM+Z7eWdPe0c+Up==";
export const tfaKey1 = "canary-tfa-key+1/x==";
export const tfaKey2 = "canary-tfa-key+2/x==";
export const session1 = "c001~ca9a4700000000000000000000000001";
export const session2 = "c001~ca9a4700000000000000000000000002";

export function newSession(options: Partial<EagleEyeOptions> = {}): EagleEyeSession {
  return createEagleEyeSession({
    credentials: { username, password },
    retry: fastRetry,
    ...options,
  });
}

/** The user of the vendor's example, with other names. It has all typed keys and no others. */
export const user: Required<EagleEyeUser> = {
  is_sms_include_picture: 0,
  last_name: "",
  uid: " ",
  is_export_video: 1,
  layouts: ["217f0fd4-450f-11e4-a983-ca8312ea370c"],
  account_map_lines: null,
  postal_code: null,
  is_account_superuser: 1,
  timezone: "US/Pacific",
  active_brand_subdomain: "c001",
  sms_phone: null,
  city: null,
  first_name: null,
  user_id: "ca0e1cf2",
  is_notify_enable: 1,
  owner_account_id: "00004206",
  json: "{}",
  id: "ca0e1cf2",
  is_superuser: 0,
  state: null,
  last_login: "20141006173752.672",
  is_recorded_video: 1,
  camera_access: [
    ["1005f2ed", "r"],
    ["100bd708", "r"],
  ],
  notify_period: ["0-0000-2359", "1-0000-2359"],
  email: username,
  utc_offset: -25200,
  mobile_phone: null,
  street: [],
  notify_rule: ["one-email-0"],
  is_active: 1,
  is_user_admin: 1,
  phone: null,
  is_layout_admin: 1,
  is_live_video: 1,
  is_device_admin: 1,
  is_branded: 1,
  alternate_email: null,
  active_account_id: "00004206",
  access_period: [],
  is_staff: 0,
  country: "US",
  is_master: 0,
  is_pending: 0,
};

export function setCookie(session: string, name = "videobank_sessionid"): string {
  return `${name}=${session}; Domain=.eagleeyenetworks.com; Path=/; Secure; HttpOnly`;
}

/** Expects one authenticate, and answers it. */
export function onAuthenticate(status = 200, body: nock.Body = { token: token1 }, headers?: nock.ReplyHeaders): void {
  nock(host).post("/g/aaa/authenticate", { username, password }).reply(status, body, headers);
}

/** Expects one authorize with a token, and answers it. */
export function onAuthorize(
  token: string = token1,
  status = 200,
  body: nock.Body = user,
  headers: nock.ReplyHeaders = { "set-cookie": setCookie(session1) },
): void {
  nock(host).post("/g/aaa/authorize", { token }).reply(status, body, headers);
}

/** The masked addresses for a code. */
export const hints = { sms: "*** *** 779", email: "****@acme.example" };

/** Expects one authenticate, and requires a second factor. */
export function onAuthenticateWithCode(token: string = token1, contacts: object = hints): void {
  onAuthenticate(200, { token, two_factor_authentication_code: contacts });
}

/** Expects a request for a code, and answers it. */
export function onSendCode(token: string = token1, type = "sms", status = 200): void {
  nock(host)
    .post("/g/aaa/two_factor_authenticate", { token, two_factor_authentication_type: type })
    .reply(status, status === 200 ? "" : token);
}

/** Expects one authorize with a token and a code, and answers it. */
export function onAuthorizeWithCode(
  token: string,
  code: string,
  status = 200,
  cookies: readonly string[] = [setCookie(session1)],
): void {
  const fields = { token, two_factor_authentication_code: code };
  const headers = status === 200 ? { "set-cookie": [...cookies] } : {};
  nock(host)
    .post("/g/aaa/authorize", fields)
    .reply(status, status === 200 ? user : token, headers);
}

/** Expects a whole login. */
export function onLogin(session: string = session1, token: string = token1): void {
  onAuthenticate(200, { token });
  onAuthorize(token, 200, user, { "set-cookie": setCookie(session) });
}

/** Calls to the brand's host that carry a session's cookie. */
export function withCookie(session: string = session1, name = "videobank_sessionid"): nock.Scope {
  return nock(brandHost, { reqheaders: { cookie: `${name}=${session}` } });
}

/** Expects the switch of a session to an account, and the request for the user that follows. */
export function onSwitch(to: string, session: string = session1): void {
  withCookie(session).post("/g/aaa/switch_account", { account_id: to }).reply(200);
  withCookie(session)
    .get("/g/user")
    .reply(200, { ...user, active_account_id: to });
}

/** A `secondFactor` that returns these codes in order, and the challenges that it received. */
export function answering(...codes: string[]): { asked: SecondFactorChallenge[]; secondFactor: SecondFactor } {
  const asked: SecondFactorChallenge[] = [];
  const secondFactor: SecondFactor = (challenge) => {
    asked.push(challenge);
    return { method: challenge.sent ?? "sms", code: codes[asked.length - 1] ?? "" };
  };
  return { asked, secondFactor };
}

/** Whether a value contains a secret. */
export function showsSecret(value: unknown): boolean {
  return shows(value, [password, apiKey, token1, token2, tfaKey1, tfaKey2, session1, session2]);
}
