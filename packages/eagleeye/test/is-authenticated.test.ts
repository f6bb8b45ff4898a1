import { memoryStore } from "@vms/core";
import { useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { brandHost, newSession, onLogin, session1, showsSecret, withCookie } from "./vendor.ts";

useNock();

describe("isAuthenticated", () => {
  it.each([
    [200, true],
    [401, false],
  ])("is GET isauth at the brand's host: %i is %s", async (status, expected) => {
    onLogin();
    withCookie().get("/g/aaa/isauth").reply(status, "true");
    const session = newSession();
    await session.login();
    expect(await session.isAuthenticated()).toBe(expected);
  });

  it("sends the parameter A with transport: query, and the user agent", async () => {
    onLogin();
    nock(brandHost, { badheaders: ["cookie"], reqheaders: { "user-agent": "acme/1" } })
      .get("/g/aaa/isauth")
      .query({ A: session1 })
      .reply(200);
    const session = newSession({ transport: "query", userAgent: "acme/1" });
    await session.login();
    expect(await session.isAuthenticated()).toBe(true);
  });

  it("is false without a request before a login, after the expiry and after logout", async () => {
    let now = 0;
    const session = newSession({ idleTimeout: 60_000, now: () => now });
    expect(await session.isAuthenticated()).toBe(false);
    onLogin();
    await session.login();
    now += 60_000;
    expect(await session.isAuthenticated()).toBe(false);
    await session.logout();
    expect(await session.isAuthenticated()).toBe(false);
  });

  it.each([
    [429, { code: "rate_limited", retryAfter: 7_000 }],
    [503, { code: "vendor_unavailable" }],
    [302, { code: "unexpected_response" }],
    [404, { code: "unexpected_response" }],
  ])("throws for %i: %j", async (status, expected) => {
    onLogin();
    const headers = { "retry-after": "7", location: "https://elsewhere.example/" };
    withCookie().get("/g/aaa/isauth").reply(status, session1, headers);
    const session = newSession();
    await session.login();
    const error = await session.isAuthenticated().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ ...expected, vendor: "eagleeye", status });
    expect(showsSecret(error)).toBe(false);
  });

  it("throws vendor_unavailable without the error of the network", async () => {
    onLogin();
    withCookie().get("/g/aaa/isauth").replyWithError(`refused ${session1}`);
    const session = newSession();
    await session.login();
    const error = await session.isAuthenticated().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "vendor_unavailable", retryable: true });
    expect(showsSecret(error)).toBe(false);
  });

  it("throws vendor_unavailable if the vendor does not respond within `timeout`", async () => {
    onLogin();
    const stalled: typeof fetch = (input, init) =>
      String(input).endsWith("isauth")
        ? new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)))
        : globalThis.fetch(input, init);
    // The session comes from the store, because a login could take longer than this timeout.
    const store = memoryStore();
    await newSession({ store }).login();
    const session = newSession({ store, timeout: 20, fetch: stalled });
    await session.login();
    await expect(session.isAuthenticated()).rejects.toMatchObject({ code: "vendor_unavailable" });
  });

  it("fails with the caller's abort reason", async () => {
    onLogin();
    const reason = new Error("enough");
    const abort = new AbortController();
    const aborting: typeof fetch = (input, init) => {
      if (String(input).endsWith("isauth")) abort.abort(reason);
      return globalThis.fetch(input, init);
    };
    const session = newSession({ fetch: aborting });
    await session.login();
    await expect(session.isAuthenticated({ signal: abort.signal })).rejects.toBe(reason);
    await expect(session.isAuthenticated({ signal: abort.signal })).rejects.toBe(reason);
  });
});
