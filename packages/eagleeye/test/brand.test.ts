import { loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  brandHost,
  newSession,
  onAuthenticate,
  onAuthorize,
  onLogin,
  session1,
  setCookie,
  token1,
  user,
  withCookie,
} from "./vendor.ts";

useNock();

describe("where calls go", () => {
  it("is the host of the active brand, for session.fetch and session.http", async () => {
    onLogin();
    withCookie().get("/g/device/list").twice().reply(200, []);
    const session = newSession();
    expect(await (await session.fetch("/g/device/list")).json()).toEqual([]);
    expect(await session.http.get("g/device/list").json()).toEqual([]);
    expect(session.info?.baseUrl).toBe(`${brandHost}/`);
  });

  it("can be any host of the vendor over https, and no other", async () => {
    onLogin();
    nock("https://media.eagleeyenetworks.com", { reqheaders: { cookie: `videobank_sessionid=${session1}` } })
      .get("/clip")
      .reply(200, "");
    const session = newSession();
    expect((await session.fetch("https://media.eagleeyenetworks.com/clip")).status).toBe(200);
    const elsewhere = ["https://eagleeyenetworks.com.evil.example/", "http://c001.eagleeyenetworks.com/"];
    for (const url of elsewhere) {
      await expect(session.fetch(url)).rejects.toMatchObject({ code: "origin_not_allowed" });
    }
  });

  it("stays the host of a proxy or a simulator", async () => {
    const proxy = "https://een.acme.example";
    nock(proxy).post("/vms/g/aaa/authenticate").reply(200, { token: token1 });
    nock(proxy)
      .post("/vms/g/aaa/authorize")
      .reply(200, user, { "set-cookie": setCookie(session1) });
    nock(proxy).get("/vms/g/device/list").reply(200, []);
    const session = newSession({ baseUrl: `${proxy}/vms` });
    expect((await session.fetch("g/device/list")).status).toBe(200);
    await expect(session.fetch(`${brandHost}/g/user`)).rejects.toMatchObject({ code: "origin_not_allowed" });
  });

  it.each(["evil.example/", "a.b", "-a", "a-", "a b", "a@b", "a:1", "a/", "x".repeat(64), "ü", "login\n"])(
    "is unexpected_response if the brand's subdomain is not one DNS label: %j",
    async (label) => {
      onAuthenticate();
      onAuthorize(token1, 200, { ...user, active_brand_subdomain: label });
      const error = await loginError(newSession());
      expect(error).toMatchObject({ code: "unexpected_response", paths: ["active_brand_subdomain"] });
      expect((error as Error).message).not.toContain(label);
    },
  );
});
