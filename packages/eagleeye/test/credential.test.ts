import { useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  apiKey,
  brandHost,
  host,
  newSession,
  onAuthenticate,
  onAuthorize,
  session1,
  setCookie,
  token1,
  user,
} from "./vendor.ts";

useNock();

describe("the credential on a call", () => {
  it("includes the API key in each request of the login, of calls and of the logout", async () => {
    const key = { reqheaders: { authorization: apiKey }, badheaders: ["authentication"] };
    nock(host, key).post("/g/aaa/authenticate").reply(200, { token: token1 });
    nock(host, key)
      .post("/g/aaa/authorize")
      .reply(200, user, { "set-cookie": setCookie(session1) });
    nock(brandHost, key).get("/g/device/list").reply(200, []);
    nock(brandHost, key).get("/g/aaa/isauth").reply(200, "true");
    nock(brandHost, key).post("/g/aaa/logout").reply(204);
    const session = newSession({ apiKey });
    await session.fetch("g/device/list");
    expect(await session.isAuthenticated()).toBe(true);
    await session.logout();
  });

  it.each([
    ["Authorization: KEY", { authorization: apiKey }],
    ["Authorization: KEY:", { authorization: `${apiKey}:` }],
    ["Authentication: KEY", { authentication: apiKey }],
    ["Authentication: KEY:", { authentication: `${apiKey}:` }],
  ] as const)("includes the API key in the form of `apiKeyHeader`: %s", async (apiKeyHeader, reqheaders) => {
    const key = { reqheaders, badheaders: ["authorization", "authentication"].filter((name) => !(name in reqheaders)) };
    nock(host, key).post("/g/aaa/authenticate").reply(200, { token: token1 });
    nock(host, key)
      .post("/g/aaa/authorize")
      .reply(200, user, { "set-cookie": setCookie(session1) });
    nock(brandHost, key).get("/g/device/list").reply(200, []);
    expect((await newSession({ apiKey, apiKeyHeader }).fetch("g/device/list")).status).toBe(200);
  });

  it("is the URL-encoded parameter A with transport: query, for session.fetch and session.http", async () => {
    const odd = "c001~a+b/c=&d";
    onAuthenticate();
    onAuthorize(token1, 200, user, { "set-cookie": setCookie(odd) });
    const urls: string[] = [];
    nock(brandHost, { badheaders: ["cookie"] })
      .get("/g/device/list")
      .query({ A: odd, t: "camera" })
      .reply(200, []);
    nock(brandHost, { badheaders: ["cookie"] })
      .get("/g/user")
      .query({ A: odd })
      .reply(200, user);
    nock(brandHost, { badheaders: ["cookie"] })
      .post("/g/aaa/logout")
      .query({ A: odd })
      .reply(204);
    const session = newSession({
      transport: "query",
      fetch: (input, init) => {
        urls.push(input instanceof Request ? input.url : String(input));
        return globalThis.fetch(input, init);
      },
    });
    const response = await session.fetch("g/device/list?t=camera");
    expect(await session.http.get("g/user").json()).toEqual(user);
    await session.logout();
    expect(response.url).not.toContain("A=");
    expect(urls.at(-1)).toBe(`${brandHost}/g/aaa/logout?A=c001%7Ea%2Bb%2Fc%3D%26d`);
  });
});
