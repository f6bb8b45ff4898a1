import { memoryStore } from "@vms/core";
import { createAdminTokenServer } from "@vms/simulator";
import { serveSimulated, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { createAdminTokenSession } from "../src/index.ts";
import {
  accepted,
  host,
  newSession,
  onLogin,
  password,
  showsSecret,
  token1,
  token2,
  user,
  username,
} from "./vendor.ts";

/** One administrator, as documented. */
const bare = {
  id: 87,
  name: "Name",
  login: "user@mail.com",
  created_at: "2022-03-24 11:26:58",
  updated_at: "2022-03-30 16:48:54",
  expired_at: null,
  is_licence_limit_reached: false,
  ptz_priority: 10,
  access_token_id: null,
};

const onAdmin = (token: string = token1, id = 87) =>
  nock(host).get(`/api/admin/v1/admins/${id}`).matchHeader("authorization", `Bearer ${token}`);

describe("whoAmI", () => {
  useNock();

  it("signs in, asks for the administrator by the login's id, and keeps undocumented keys", async () => {
    onLogin(200, accepted());
    onAdmin()
      .matchHeader("accept", "application/json")
      .reply(200, { ...bare, more: { a: [1] } });
    expect(await newSession().whoAmI()).toEqual({ ...bare, more: { a: [1] } });
  });

  it("uses the session, and returns the current data", async () => {
    onLogin(200, accepted());
    const session = newSession();
    await session.login();
    onAdmin().reply(200, { ...bare, name: "New name" });
    expect((await session.whoAmI()).name).toBe("New name");
    expect(session.info?.user).toEqual(user);
  });

  it("uses the stored session", async () => {
    const store = memoryStore();
    onLogin(200, accepted());
    await newSession({ store }).login();
    onAdmin().reply(200, bare);
    expect(await newSession({ store }).whoAmI()).toEqual(bare);
  });

  it("is sent again with a new token if the old one is rejected", async () => {
    onLogin(200, accepted(token1));
    onAdmin(token1).reply(401, { message: "Unauthenticated." });
    onLogin(200, accepted(token2));
    onAdmin(token2).reply(200, bare);
    expect((await newSession().whoAmI()).id).toBe(87);
  });

  it("works with one login even if the token appears expired on arrival", async () => {
    onLogin(200, accepted(token1, "2029-12-31 00:00:00"));
    onAdmin(token1).reply(200, bare);
    expect((await newSession().whoAmI()).id).toBe(87);
  });

  it.each([
    [401, { code: "unexpected_response" }, "also with a new token"],
    [403, { code: "unexpected_response" }, "permission"],
    [404, { code: "unexpected_response" }, "no such administrator"],
    [418, { code: "unexpected_response" }, "does not document"],
    [429, { code: "rate_limited", retryAfter: 7_000, retryable: true }, "too many requests"],
    [503, { code: "vendor_unavailable", retryable: true }, "server failed"],
  ])("fails for a %i: %j", async (status, expected, says) => {
    onLogin(200, accepted(token1));
    if (status === 401) {
      onAdmin(token1).reply(401);
      onLogin(200, accepted(token2));
    }
    const headers = { "retry-after": "7" };
    onAdmin(status === 401 ? token2 : token1).reply(status, { message: `${token1} ${token2} ${password}` }, headers);
    const error = await newSession()
      .whoAmI()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ ...expected, vendor: "admin-token", status });
    expect((error as Error).message).toContain(says);
    expect(showsSecret(error)).toBe(false);
  });

  it.each<[string, nock.Body, string[]]>([
    ["HTML", `<!doctype html>${token1}`, []],
    ["half a JSON", `{"id": 87, "login": "${token1}`, []],
    ["nothing", "", []],
    ["a wrapper", { data: bare }, ["id", "login"]],
    ["other types", { ...bare, id: "87", name: 7 }, ["id", "name"]],
  ])("fails with unexpected_response if the response is %s", async (_, body, paths) => {
    onLogin(200, accepted());
    onAdmin().reply(200, body);
    const error = await newSession()
      .whoAmI()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unexpected_response", status: 200, paths });
    expect(showsSecret(error)).toBe(false);
  });

  it("fails with the login's error if the login fails, and with session_closed after logout()", async () => {
    onLogin(401, {});
    const refused = newSession();
    await expect(refused.whoAmI()).rejects.toMatchObject({ code: "invalid_credentials" });
    const closed = newSession();
    await closed.logout();
    await expect(closed.whoAmI()).rejects.toMatchObject({ code: "session_closed" });
  });

  it("fails with vendor_unavailable without the error of the network", async () => {
    onLogin(200, accepted());
    onAdmin().replyWithError(`refused ${token1}`);
    const error = await newSession()
      .whoAmI()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "vendor_unavailable", retryable: true });
    expect(showsSecret(error)).toBe(false);
  });

  it("fails with vendor_unavailable if no response arrives within `timeout`", async () => {
    const store = memoryStore();
    onLogin(200, accepted());
    // The session comes from the store, because a login could take longer than this timeout.
    await newSession({ store }).login();
    const stalled: typeof fetch = (_, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
    const session = newSession({ store, timeout: 20, fetch: stalled });
    await expect(session.whoAmI()).rejects.toMatchObject({ code: "vendor_unavailable" });
  });

  it("fails with the caller's abort reason", async () => {
    onLogin(200, accepted());
    const reason = new Error("enough");
    const abort = new AbortController();
    const aborting: typeof fetch = (input, init) => {
      if (String(input).includes("/admins/")) abort.abort(reason);
      return globalThis.fetch(input, init);
    };
    const session = newSession({ fetch: aborting });
    await expect(session.whoAmI({ signal: abort.signal })).rejects.toBe(reason);
    await expect(session.whoAmI({ signal: abort.signal })).rejects.toBe(reason);
  });
});

describe("whoAmI over sockets", () => {
  it("returns the signed-in account, even if another one signs in meanwhile", async () => {
    const server = createAdminTokenServer({ account: { username, password } });
    const other = { username: "second@acme.example", password };
    server.addAccount(other);
    let now = { username, password };
    const session = createAdminTokenSession({ ...(await serveSimulated(server)), credentials: () => now });
    expect(await session.whoAmI()).toMatchObject({ id: 1, login: username });
    server.revokeAll();
    expect(await session.whoAmI()).toMatchObject({ id: 1, login: username });
    now = other;
    server.revokeAll();
    expect(await session.whoAmI()).toMatchObject({ id: 2, login: other.username });
    expect(server.logins).toBe(3);
  });
});
