import { memoryStore, type SessionStore } from "@vms/core";
import { loginError, useNock } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { parseData } from "../src/wire.ts";
import {
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
  user,
  withCookie,
} from "./vendor.ts";

useNock();

describe("the response to authenticate", () => {
  it.each([
    ["no token", {}, ["token"]],
    ["an empty token", { token: "" }, ["token"]],
    ["a token that is no text", { token: [token1] }, ["token"]],
    [
      "hints that are not an object",
      { token: token1, two_factor_authentication_code: token1 },
      ["two_factor_authentication_code"],
    ],
    [
      "a hint that is not a string",
      { token: token1, two_factor_authentication_code: { sms: 7 } },
      ["two_factor_authentication_code.sms"],
    ],
  ])("with %s is unexpected_response with the path and no value", async (_, body, paths) => {
    onAuthenticate(200, body);
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", paths, status: 200 });
    expect(showsSecret(error)).toBe(false);
  });

  it.each([
    ["HTML", `<html>${token1}</html>`, "HTML"],
    ["truncated JSON", `{"token": "${token1}`, "truncated or malformed JSON"],
    ["nothing", "", "empty"],
  ])("that is %s is unexpected_response without quoting it", async (_, body, kind) => {
    onAuthenticate(200, body, { "content-type": "application/json" });
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", message: expect.stringContaining(kind) });
    expect(showsSecret(error)).toBe(false);
  });
});

describe("the session's cookie in the response to authorize", () => {
  it.each([
    ["no cookie", {}],
    ["another cookie", { "set-cookie": setCookie(session1, "sid") }],
    ["an empty cookie", { "set-cookie": setCookie("") }],
    ["a cookie that is deleted", { "set-cookie": `auth_key=${session1}; Max-Age=0` }],
  ])("with %s is unexpected_response with the names of the cookie", async (_, headers) => {
    onAuthenticate();
    onAuthorize(token1, 200, user, headers);
    const error = await loginError(newSession());
    const paths = ["Set-Cookie: auth_key", "Set-Cookie: videobank_sessionid"];
    expect(error).toMatchObject({ code: "unexpected_response", paths });
    expect(showsSecret(error)).toBe(false);
  });
});

describe("the data of a stored session", () => {
  it("is used instead of a login, with its brand", async () => {
    const store = memoryStore();
    onLogin();
    await newSession({ store }).login();
    withCookie().get("/g/user").reply(200, user);
    expect((await newSession({ store }).fetch("g/user")).status).toBe(200);
  });

  it("is not used for another realm", async () => {
    const store = memoryStore();
    onLogin(session1, token1);
    await newSession({ store }).login();
    onLogin(session2, token2);
    // The requests have no realm, because only the key in the store matters here.
    const withoutRealm: typeof fetch = (input, init) => {
      if (init?.body instanceof URLSearchParams) init.body.delete("realm");
      return globalThis.fetch(input, init);
    };
    await newSession({ store, realm: "other", fetch: withoutRealm }).login();
  });

  it("is replaced by a login if it is invalid", async () => {
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
