import { memoryStore } from "@vms/core";
import nock from "nock";
import { describe, expect, it } from "vitest";
import * as adminToken from "../src/index.ts";
import { type AdminTokenOptions, createAdminTokenSession } from "../src/index.ts";
import {
  accepted,
  host,
  newSession,
  onAdmins,
  onLogin,
  password,
  START,
  showsSecret,
  token1,
  useNock,
  user,
  username,
} from "./vendor.ts";

useNock();

const credentials = { username, password };

describe("createAdminTokenSession", () => {
  it("is all that the package exports", () => {
    expect(Object.keys(adminToken)).toEqual(["createAdminTokenSession"]);
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

  it.each<[string, unknown]>([
    ["options", undefined],
    ["baseUrl", { credentials }],
    ["baseUrl", { baseUrl: "ftp://acme.example", credentials }],
    ["baseUrl", { baseUrl: `https://x:${password}@acme.example`, credentials }],
    ["credentials", { baseUrl: host }],
    ["username", { baseUrl: host, credentials: { password } }],
    ["password", { baseUrl: host, credentials: { username, password: 1 } }],
    ["renewBefore", { baseUrl: host, credentials, renewBefore: Number.NaN }],
    ["fetch", { baseUrl: host, credentials, fetch: "fetch" }],
    ["timeZone", { baseUrl: host, credentials, timeZone: "Mars/Olympus" }],
    ["timeZone", { baseUrl: host, credentials, timeZone: "" }],
    ["timeZone", { baseUrl: host, credentials, timeZone: 3 }],
  ])("names a missing or malformed option: %s", (name, options) => {
    const error = catchError(() => createAdminTokenSession(options as AdminTokenOptions));
    expect(error).toMatchObject({ code: "invalid_options", vendor: "admin-token" });
    expect((error as Error).message).toMatch(/^\[@vms\/admin-token\] /);
    if (options !== undefined) expect((error as Error).message).toContain(`\`${name}\``);
    expect(showsSecret(error)).toBe(false);
  });

  it("refuses http:// to a host that is not loopback, unless that is allowed", () => {
    const baseUrl = "http://vms.acme.example";
    const error = catchError(() => createAdminTokenSession({ baseUrl, credentials }));
    expect(error).toMatchObject({ code: "insecure_transport", vendor: "admin-token" });
    expect(createAdminTokenSession({ baseUrl, credentials, allowInsecureHttp: true }).vendor).toBe("admin-token");
  });

  it("sends everything through the fetch that it was given", async () => {
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

  it("adopts what another session of the account left in the store", async () => {
    const store = memoryStore();
    onLogin(200, accepted());
    await newSession({ store }).login();
    onAdmins(token1).reply(200, { data: [] });
    expect((await newSession({ store }).fetch("api/admin/v1/admins")).status).toBe(200);
  });

  it("leaves nothing in the store after signing out", async () => {
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

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return new Error("nothing was thrown");
}
