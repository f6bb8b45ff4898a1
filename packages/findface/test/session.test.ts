import { memoryStore, type SessionStore } from "@vms/core";
import { useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import * as findface from "../src/index.ts";
import { createFindFaceSession, type FindFaceOptions } from "../src/index.ts";
import {
  accepted,
  basic,
  host,
  newSession,
  onLogin,
  onMe,
  password,
  START,
  showsSecret,
  token1,
  token2,
  user,
  username,
} from "./vendor.ts";

useNock();

const credentials = { username, password };

describe("createFindFaceSession", () => {
  it("is exported with the description of the vendor", () => {
    expect(Object.keys(findface).sort()).toEqual(["createFindFaceSession", "describe"]);
  });

  it("does no I/O: the first call signs in, and the second uses the session", async () => {
    const session = newSession();
    expect(session.info).toBeUndefined();
    onLogin(200, accepted());
    onMe(token1).twice().reply(200, user);
    expect(await session.http.get("users/me/").json()).toEqual(user);
    expect((await session.fetch("/users/me/")).status).toBe(200);
    expect(session.info).toEqual({
      vendor: "findface",
      account: username,
      baseUrl: `${host}/`,
      issuedAt: START,
      expiresAt: Date.UTC(2030, 5, 30),
      user,
    });
    expect(showsSecret(session)).toBe(false);
  });

  it("works below a base URL with a path", async () => {
    nock(host).post("/api/auth/login/").matchHeader("authorization", `Basic ${basic}`).reply(200, accepted());
    nock(host).get("/api/users/me/").twice().matchHeader("authorization", `Token ${token1}`).reply(200, user);
    nock(host).post("/api/auth/logout/").reply(204);
    const session = newSession({ baseUrl: `${host}/api` });
    await session.fetch("users/me/");
    expect(await session.http.get("/users/me/").json()).toEqual(user);
    await session.logout();
  });

  it("signs in over http:// in a local network with `allowInsecureHttp`", async () => {
    const baseUrl = "http://192.168.1.20:8000";
    nock(baseUrl).post("/auth/login/").reply(200, accepted());
    expect((await newSession({ baseUrl, allowInsecureHttp: true }).login()).user).toEqual(user);
  });

  it("uses a stored session of the account and device", async () => {
    const store = memoryStore();
    onLogin(200, accepted());
    await newSession({ store }).login();
    onMe(token1).reply(200, user);
    expect((await newSession({ store }).fetch("users/me/")).status).toBe(200);
  });

  it("does not use the stored session of another device", async () => {
    const store = memoryStore();
    onLogin(200, accepted());
    await newSession({ store }).login();
    nock(host)
      .post("/auth/login/", (body) => body.uuid === "another")
      .reply(200, accepted(token2));
    onMe(token2).reply(200, user);
    expect((await newSession({ store, uuid: "another" }).fetch("users/me/")).status).toBe(200);
  });
});

describe("a random uuid", () => {
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

  /** Expects a login, answers it, and returns its uuid. */
  function onAnyLogin(seen: string[], status = 200): void {
    nock(host)
      .post("/auth/login/", (body) => seen.push(body.uuid) > 0)
      .reply(status, accepted(`token-${seen.length}`));
  }

  function withoutUuid(options: Partial<FindFaceOptions> = {}) {
    return createFindFaceSession({ baseUrl: host, credentials, retry: { minDelay: 1, maxDelay: 1 }, ...options });
  }

  it("is created once for a session, and reused by retries, by renewals and after logout()", async () => {
    const seen: string[] = [];
    const session = withoutUuid();
    onAnyLogin(seen, 503);
    onAnyLogin(seen);
    await session.login();
    onAnyLogin(seen);
    nock(host).post("/auth/logout/").times(2).reply(204);
    await session.renew();
    await session.logout();
    onAnyLogin(seen);
    await session.login();
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toMatch(UUID);
  });

  it("is different for each session without a common store", async () => {
    const seen: string[] = [];
    for (let count = 0; count < 2; count++) {
      onAnyLogin(seen);
      await withoutUuid().login();
    }
    expect(new Set(seen).size).toBe(2);
  });

  it("is kept in the store after the session has expired", async () => {
    const store = memoryStore();
    const seen: string[] = [];
    onAnyLogin(seen);
    await withoutUuid({ store, now: () => START }).login();
    onAnyLogin(seen);
    // The first token has expired by then.
    await withoutUuid({ store, now: () => Date.UTC(2030, 11, 31) }).login();
    expect(seen).toHaveLength(2);
    expect(seen[1]).toBe(seen[0]);
  });
});

describe("the expiry of a stored session", () => {
  it.each([
    ["not set if the uuid is random, because later logins reuse it", undefined, undefined],
    ["the end of the session if a uuid is set", "gate-3", Date.UTC(2030, 5, 30)],
  ])("is %s", async (_, uuid, expiresAt) => {
    const expiries: unknown[] = [];
    const { get, set, delete: remove } = memoryStore();
    const store: SessionStore = {
      get,
      delete: remove,
      set(key, value, options) {
        expiries.push(options?.expiresAt);
        return set(key, value, options);
      },
    };
    nock(host).post("/auth/login/").reply(200, accepted());
    await createFindFaceSession({ baseUrl: host, credentials, store, ...(uuid && { uuid }), now: () => START }).login();
    expect(expiries).toEqual([expiresAt]);
  });
});
