import { fastRetry, shows } from "@vms-tooling/testing";
import nock from "nock";
import {
  type AdminTokenOptions,
  type AdminTokenSession,
  type AdminUser,
  createAdminTokenSession,
} from "../src/index.ts";

export const host = "https://vms.acme.example";

/** Secrets that no error may contain. */
export const username = "admin@acme.example";
export const password = "canary-password-81";
export const token1 = "1|canaryToken1";
export const token2 = "2|canaryToken2";

/** The time of the tests. */
export const START: number = Date.UTC(2030, 0, 1);

export function newSession(options: Partial<AdminTokenOptions> = {}): AdminTokenSession {
  return createAdminTokenSession({
    baseUrl: host,
    credentials: { username, password },
    retry: fastRetry,
    now: () => START,
    ...options,
  });
}

/** The user of the vendor's example. */
export const user: AdminUser = {
  id: 87,
  name: "Name",
  login: "user@mail.com",
  created_at: "2022-03-24 11:26:58",
  updated_at: "2022-03-30 16:48:54",
  expired_at: null,
  is_licence_limit_reached: false,
  permissions: [
    { id: 72, name: "streams-update", display_name: "Updating a video Stream", group: "Video streams" },
    { id: 115, name: "dhcp-subnets-destroy", display_name: "Deleting a DHCP network", group: "DHCP subnets" },
    { id: 120, name: "servers-update", display_name: "Updating a media server", group: "Servers" },
  ],
  ptz_priority: 10,
  admin_camera_groups: [
    {
      id: 97,
      name: "Cameras",
      full_pretty: null,
      is_house: 0,
      cameras_count: 27,
      parent_id: null,
      csa_id: null,
      intercoms_count: 315,
    },
  ],
  dhcp_subnet_groups: [],
  access_token_id: null,
};

/** An accepted login, as documented. */
export function accepted(token: string = token1, end: string = "2030-01-02 00:00:00"): Record<string, unknown> {
  return { user, expires_at: end, token_type: "Bearer", access_token: token };
}

/** A 422, as documented. */
export function invalid(errors: unknown): Record<string, unknown> {
  return { message: "There will be no informative message here", errors };
}

/** Expects one login, with the documented body, and answers it. */
export function onLogin(status: number, body: nock.Body, headers?: nock.ReplyHeaders): nock.Scope {
  return nock(host)
    .post("/api/admin/v1/auth/token", { login: username, password })
    .matchHeader("accept", "application/json")
    .reply(status, body, headers);
}

/** Expects one data call with a token. */
export function onAdmins(token: string): nock.Interceptor {
  return nock(host).get("/api/admin/v1/admins").matchHeader("authorization", `Bearer ${token}`);
}

/** Whether a value contains a secret. */
export function showsSecret(value: unknown): boolean {
  return shows(value, [password, token1, token2]);
}
