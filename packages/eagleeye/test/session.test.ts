import { describe, expect, it } from "vitest";
import { createEagleEyeSession, type EagleEyeOptions } from "../src/index.ts";
import { apiKey, newSession, onLogin, password, showsSecret, useNock, user, username, withCookie } from "./vendor.ts";

useNock();

const credentials = { username, password };

function errorOf(options: unknown): unknown {
  try {
    return createEagleEyeSession(options as EagleEyeOptions);
  } catch (error) {
    return error;
  }
}

describe("createEagleEyeSession", () => {
  it("does no I/O", () => {
    const session = newSession();
    expect(session.vendor).toBe("eagleeye");
    expect(session.info).toBeUndefined();
  });

  it("knows the vendor's address, also where unset variables are passed on", async () => {
    onLogin();
    const unset = { baseUrl: undefined, realm: undefined, apiKey: undefined };
    await createEagleEyeSession({ credentials, ...unset }).login();
  });

  it("keeps `info` up to date", async () => {
    onLogin();
    withCookie().post("/g/aaa/logout").reply(204);
    const session = newSession();
    await session.login();
    expect(session.info).toMatchObject({ vendor: "eagleeye", account: username, user: { id: user.id } });
    await session.logout();
    expect(session.info).toBeUndefined();
  });

  it("signs out at the end of a block", async () => {
    onLogin();
    withCookie().post("/g/aaa/logout").reply(204);
    await using session = newSession();
    await session.login();
  });

  it.each([
    ["credentials", {}],
    ["username", { credentials: { password } }],
    ["baseUrl", { credentials, baseUrl: "" }],
    ["baseUrl", { credentials, baseUrl: "login.eagleeyenetworks.com" }],
    ["body", { credentials, body: "xml" }],
    ["transport", { credentials, transport: "header" }],
    ["realm", { credentials, realm: "" }],
    ["apiKey", { credentials, apiKey: "" }],
    ["apiKey", { credentials, apiKey: `${apiKey}\r\nx: y` }],
    ["lifetime", { credentials, lifetime: -1 }],
    ["options", undefined],
  ])("throws invalid_options that names %s: %j", (name, options) => {
    const error = errorOf(options);
    expect(error).toMatchObject({ code: "invalid_options", message: expect.stringContaining(name) });
    expect(showsSecret(error)).toBe(false);
  });

  it("throws insecure_transport for http:// to a host that is not loopback", () => {
    const error = errorOf({ credentials, baseUrl: "http://login.eagleeyenetworks.com" });
    expect(error).toMatchObject({ code: "insecure_transport", vendor: "eagleeye" });
  });

  it("shows no secret in its info or when it is printed", async () => {
    onLogin();
    const session = newSession({ apiKey });
    const info = await session.login();
    expect(showsSecret(session)).toBe(false);
    expect(showsSecret(info)).toBe(false);
  });
});
