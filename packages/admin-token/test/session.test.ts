import { memoryStore } from "@vms/core";
import { useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import * as adminToken from "../src/index.ts";
import { accepted, host, newSession, onAdmins, onLogin, START, showsSecret, token1, user, username } from "./vendor.ts";

useNock();

describe("createAdminTokenSession", () => {
  it("is exported with the description of the vendor", () => {
    expect(Object.keys(adminToken).sort()).toEqual(["createAdminTokenSession", "describe"]);
  });

  it("does no I/O: the first call signs in, and the second uses the session", async () => {
    const session = newSession();
    expect(session.info).toBeUndefined();
    onLogin(200, accepted());
    nock(host)
      .get("/api/admin/v1/admins?per_page=25&page=1")
      .twice()
      .matchHeader("authorization", `Bearer ${token1}`)
      .reply(200, { data: [] });
    const searchParams = { per_page: 25, page: 1 };
    expect(await session.http.get("api/admin/v1/admins", { searchParams }).json()).toEqual({ data: [] });
    expect((await session.fetch("/api/admin/v1/admins?per_page=25&page=1")).status).toBe(200);
    expect(session.info).toEqual({
      vendor: "admin-token",
      account: username,
      baseUrl: `${host}/`,
      issuedAt: START,
      expiresAt: Date.UTC(2030, 0, 2),
      user,
    });
    expect(showsSecret(session)).toBe(false);
  });

  it("sends everything with the given `fetch`", async () => {
    const urls: string[] = [];
    onLogin(200, accepted());
    onAdmins(token1).matchHeader("accept", "text/csv").reply(200);
    const session = newSession({
      fetch(input, init) {
        urls.push(String(input));
        return fetch(input, init);
      },
    });
    await session.fetch("api/admin/v1/admins", { headers: { accept: "text/csv" } });
    expect(urls).toEqual([`${host}/api/admin/v1/auth/token`, `${host}/api/admin/v1/admins`]);
  });

  it("uses a stored session of the account", async () => {
    const store = memoryStore();
    onLogin(200, accepted());
    await newSession({ store }).login();
    onAdmins(token1).reply(200, { data: [] });
    expect((await newSession({ store }).fetch("api/admin/v1/admins")).status).toBe(200);
  });

  it("leaves nothing in the store after logout()", async () => {
    const held = new Map<string, string>();
    const store = {
      get: async (key: string) => held.get(key),
      set: async (key: string, value: string) => void held.set(key, value),
      delete: async (key: string) => void held.delete(key),
    };
    onLogin(200, accepted());
    const session = newSession({ store });
    await session.login();
    expect([...held.values()].join()).toContain(token1);
    await session.logout();
    expect(held.size).toBe(0);
  });
});
