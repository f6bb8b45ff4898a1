import { memoryStore, type SessionStore } from "@vms/core";
import { describe, expect, it } from "vitest";
import { parseData } from "../src/wire.ts";
import {
  failureOf,
  newSession,
  onAuthenticate,
  onAuthorize,
  onLogin,
  session1,
  session2,
  setCookie,
  showsSecret,
  token1,
  token2,
  useNock,
  user,
  withCookie,
} from "./vendor.ts";

useNock();

describe("the answer to authenticate", () => {
  it.each([
    ["no token", {}, ["token"]],
    ["an empty token", { token: "" }, ["token"]],
    ["a token that is no text", { token: [token1] }, ["token"]],
    [
      "hints that are no object",
      { token: token1, two_factor_authentication_code: token1 },
      ["two_factor_authentication_code"],
    ],
    [
      "a hint that is no text",
      { token: token1, two_factor_authentication_code: { sms: 7 } },
      ["two_factor_authentication_code.sms"],
    ],
  ])("with %s is unexpected_response with the path and no value", async (_, body, paths) => {
    onAuthenticate(200, body);
    const error = await failureOf(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", paths, status: 200 });
    expect(showsSecret(error)).toBe(false);
  });

  it.each([
    ["HTML", `<html>${token1}</html>`, "HTML"],
    ["truncated JSON", `{"token": "${token1}`, "truncated or malformed JSON"],
    ["nothing", "", "empty"],
  ])("that is %s is unexpected_response without quoting it", async (_, body, kind) => {
    onAuthenticate(200, body, { "content-type": "application/json" });
    const error = await failureOf(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", message: expect.stringContaining(kind) });
    expect(showsSecret(error)).toBe(false);
  });
});

describe("the answer to authorize", () => {
  it.each([
    ["no user", {}, ["id", "active_brand_subdomain"]],
    ["a user without id", { ...user, id: null }, ["id"]],
    ["a user without brand", { ...user, active_brand_subdomain: 7 }, ["active_brand_subdomain"]],
  ])("with %s is unexpected_response with the paths and no value", async (_, body, paths) => {
    onAuthenticate();
    onAuthorize(token1, 200, body);
    const error = await failureOf(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", paths });
    expect(showsSecret(error)).toBe(false);
  });

  it.each([
    ["HTML", `<html>${session1}</html>`],
    ["truncated JSON", JSON.stringify(user).slice(0, -20)],
  ])("that is %s is unexpected_response", async (_, body) => {
    onAuthenticate();
    onAuthorize(token1, 200, body);
    const error = await failureOf(newSession());
    expect(error).toMatchObject({ code: "unexpected_response" });
    expect(showsSecret(error)).toBe(false);
  });

  it.each([
    ["no cookie", {}],
    ["another cookie", { "set-cookie": setCookie(session1, "sid") }],
    ["an empty cookie", { "set-cookie": setCookie("") }],
    ["a cookie that is deleted", { "set-cookie": `auth_key=${session1}; Max-Age=0` }],
  ])("with %s is unexpected_response with the names of the cookie", async (_, headers) => {
    onAuthenticate();
    onAuthorize(token1, 200, user, headers);
    const error = await failureOf(newSession());
    const paths = ["Set-Cookie: auth_key", "Set-Cookie: videobank_sessionid"];
    expect(error).toMatchObject({ code: "unexpected_response", paths });
    expect(showsSecret(error)).toBe(false);
  });

  it("is the user, with keys that nobody documented", async () => {
    onAuthenticate();
    onAuthorize(token1, 200, { ...user, is_two_factor: 1 });
    expect((await newSession().login()).user).toEqual({ ...user, is_two_factor: 1 });
  });

  it("leaves out what is not of its documented type, and signs in", async () => {
    onAuthenticate();
    onAuthorize(token1, 200, {
      ...user,
      utc_offset: "-7h",
      layouts: null,
      camera_access: ["1005f2ed"],
      is_active: "1",
    });
    const signedIn = (await newSession().login()).user;
    const { utc_offset, layouts, camera_access, is_active, ...rest } = user;
    expect(JSON.parse(JSON.stringify(signedIn))).toEqual(rest);
  });
});

describe("what a store gave back", () => {
  it("is adopted in place of a login, brand and all", async () => {
    const store = memoryStore();
    onLogin();
    await newSession({ store }).login();
    withCookie().get("/g/user").reply(200, user);
    expect((await newSession({ store }).fetch("g/user")).status).toBe(200);
  });

  it("is another session's for another realm", async () => {
    const store = memoryStore();
    onLogin(session1, token1);
    await newSession({ store }).login();
    onLogin(session2, token2);
    // The realm is left out of the expectation by hand: only its key in the store counts here.
    const withoutRealm: typeof fetch = (input, init) => {
      if (init?.body instanceof URLSearchParams) init.body.delete("realm");
      return globalThis.fetch(input, init);
    };
    await newSession({ store, realm: "other", fetch: withoutRealm }).login();
  });

  it("is a new login where its data is not ours", async () => {
    const store = memoryStore();
    onLogin(session1, token1);
    await newSession({ store }).login();
    const spoiled: SessionStore = {
      ...store,
      get: async (key) => (await store.get(key))?.replace('"videobank_sessionid"', '"sid"'),
    };
    onLogin(session2, token2);
    await newSession({ store: spoiled }).login();
  });

  it.each([
    [undefined, []],
    [{ cookie: "sid", session: session1 }, ["cookie"]],
    [{ cookie: "auth_key", session: "" }, ["session"]],
    [{ cookie: "auth_key" }, ["session"]],
  ])("is unexpected_response with paths and no values: %j", (data, paths) => {
    try {
      parseData(data);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "unexpected_response", message: expect.stringContaining(paths.join(", ")) });
      expect(showsSecret(error)).toBe(false);
    }
  });
});
