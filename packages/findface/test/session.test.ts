import { memoryStore, type SessionStore } from "@vms/core";
import nock from "nock";
import { describe, expect, it } from "vitest";
import * as findface from "../src/index.ts";
import { createFindFaceSession, type FindFaceOptions } from "../src/index.ts";
import {
  accepted,
  basic,
  face,
  host,
  newSession,
  onLogin,
  onMe,
  password,
  START,
  showsSecret,
  token1,
  token2,
  useNock,
  user,
  username,
} from "./vendor.ts";

useNock();

const credentials = { username, password };

describe("createFindFaceSession", () => {
  it("is all that the package exports", () => {
    expect(Object.keys(findface)).toEqual(["createFindFaceSession"]);
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

  it.each<[string, unknown]>([
    ["options", undefined],
    ["baseUrl", { credentials }],
    ["baseUrl", { baseUrl: "findface.acme.example", credentials }],
    ["baseUrl", { baseUrl: `https://x:${password}@acme.example`, credentials }],
    ["credentials", { baseUrl: host }],
    ["username", { baseUrl: host, credentials: { password } }],
    ["password", { baseUrl: host, credentials: { username } }],
    ["timeout", { baseUrl: host, credentials, timeout: "30" }],
    ["uuid", { baseUrl: host, credentials, uuid: "" }],
    ["uuid", { baseUrl: host, credentials, uuid: "x".repeat(257) }],
    ["uuid", { baseUrl: host, credentials, uuid: 7 }],
    ["videoAuthToken", { baseUrl: host, credentials, videoAuthToken: "" }],
    ["videoAuthToken", { baseUrl: host, credentials, videoAuthToken: {} }],
    ["videoAuthToken", { baseUrl: host, credentials, videoAuthToken: "x", face: new Blob([face]) }],
    ["videoAuthToken", { baseUrl: host, credentials, videoAuthToken: "x", mode: "password" }],
    ["videoAuthToken", { baseUrl: host, credentials, videoAuthToken: "x", mode: "face_or_password" }],
    ["face", { baseUrl: host, credentials, face: "" }],
    ["face", { baseUrl: host, credentials, face: { path: face } }],
    ["face", { baseUrl: host, credentials, face: new Uint8Array(8) }],
    ["face", { baseUrl: host, credentials, face, mode: "password" }],
    ["face", { baseUrl: host, credentials, mode: "face" }],
    ["face", { baseUrl: host, credentials, mode: "face_and_password" }],
    ["mode", { baseUrl: host, credentials, mode: "faces" }],
    ["credentials", { baseUrl: host, face }],
    ["credentials", { baseUrl: host, face, credentials: null }],
    ["username", { baseUrl: host, face, credentials: { password } }],
    ["username", { baseUrl: host, face, credentials: {} }],
    ["password", { baseUrl: host, face, credentials: { username }, mode: "face_and_password" }],
    ["password", { baseUrl: host, credentials: { username }, mode: "face_or_password" }],
    ["mobile", { baseUrl: host, credentials, mobile: "yes" }],
    ["deviceInfo", { baseUrl: host, credentials, deviceInfo: [] }],
    ["deviceInfo", { baseUrl: host, credentials, deviceInfo: { at: new Date() } }],
    ["language", { baseUrl: host, credentials, language: "de" }],
  ])("names a missing or malformed option: %s", (name, options) => {
    const error = catchError(() => createFindFaceSession(options as FindFaceOptions));
    expect(error).toMatchObject({ code: "invalid_options", vendor: "findface" });
    expect((error as Error).message).toMatch(/^\[@vms\/findface\] /);
    if (options !== undefined) expect((error as Error).message).toContain(`\`${name}\``);
    expect(showsSecret(error)).toBe(false);
  });

  it("refuses http:// to an address of the local network, unless that is allowed", async () => {
    const baseUrl = "http://192.168.1.20:8000";
    const error = catchError(() => createFindFaceSession({ baseUrl, credentials }));
    expect(error).toMatchObject({ code: "insecure_transport", vendor: "findface" });
    nock(baseUrl).post("/auth/login/").reply(200, accepted());
    expect((await newSession({ baseUrl, allowInsecureHttp: true }).login()).user).toEqual(user);
  });

  it("adopts what another session of the account and device left in the store", async () => {
    const store = memoryStore();
    onLogin(200, accepted());
    await newSession({ store }).login();
    onMe(token1).reply(200, user);
    expect((await newSession({ store }).fetch("users/me/")).status).toBe(200);
  });

  it("does not adopt the session of a device of another name", async () => {
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

describe("the uuid that the user did not name", () => {
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

  /** Expects a login, answers it, and tells with which uuid it came. */
  function onAnyLogin(seen: string[], status = 200): void {
    nock(host)
      .post("/auth/login/", (body) => seen.push(body.uuid) > 0)
      .reply(status, accepted(`token-${seen.length}`));
  }

  function withoutUuid(options: Partial<FindFaceOptions> = {}) {
    return createFindFaceSession({ baseUrl: host, credentials, retry: { minDelay: 1, maxDelay: 1 }, ...options });
  }

  it("is made once for a session, and used again by retries, renewals, and after a sign-out", async () => {
    const seen: string[] = [];
    const session = withoutUuid();
    onAnyLogin(seen, 503);
    onAnyLogin(seen);
    await session.login();
    onAnyLogin(seen);
    await session.renew();
    nock(host).post("/auth/logout/").reply(204);
    await session.logout();
    onAnyLogin(seen);
    await session.login();
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toMatch(UUID);
  });

  it("is another one for each session that shares nothing", async () => {
    const seen: string[] = [];
    for (let count = 0; count < 2; count++) {
      onAnyLogin(seen);
      await withoutUuid().login();
    }
    expect(new Set(seen).size).toBe(2);
  });

  it("is kept in the store, and outlives the session there", async () => {
    const store = memoryStore();
    const seen: string[] = [];
    onAnyLogin(seen);
    await withoutUuid({ store, now: () => START }).login();
    onAnyLogin(seen);
    // The first one's token is over by then.
    await withoutUuid({ store, now: () => Date.UTC(2030, 11, 31) }).login();
    expect(seen).toHaveLength(2);
    expect(seen[1]).toBe(seen[0]);
  });
});

describe("what a store is told of a session's end", () => {
  it.each([
    ["nothing, where the uuid in it was made up: later logins send it again", undefined, undefined],
    ["the end, where a uuid was named", "gate-3", Date.UTC(2030, 5, 30)],
  ])("is %s", async (_, uuid, expiresAt) => {
    const told: unknown[] = [];
    const memory = memoryStore();
    const store: SessionStore = {
      ...memory,
      set(key, value, options) {
        told.push(options?.expiresAt);
        return memory.set(key, value, options);
      },
    };
    nock(host).post("/auth/login/").reply(200, accepted());
    await createFindFaceSession({ baseUrl: host, credentials, store, ...(uuid && { uuid }), now: () => START }).login();
    expect(told).toEqual([expiresAt]);
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
