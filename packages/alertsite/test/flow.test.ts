import { loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  accepted,
  base,
  bearer,
  host,
  newSession,
  onLogin,
  password,
  refused,
  session1,
  session2,
  showsSecret,
  username,
} from "./vendor.ts";

useNock();

const locations = {
  metadata: { login: username, session: session1, status: "0", message: "No errors." },
  results: [{ id: "20", name: "Porto, PT", region: "2", has_chrome: 1 }],
};

describe("signing in", () => {
  it("sends POST /login below the base path, with login and password as JSON", async () => {
    nock(host, { reqheaders: { "content-type": /^application\/json/, accept: "application/json" } })
      .post(`${base}/login`, { login: username, password })
      .reply(200, accepted());
    const info = await newSession().login();
    expect(info).toMatchObject({ account: username, baseUrl: `${host}${base}/`, user: { login: username } });
  });

  it("returns a session that expires 15 minutes after its last use", async () => {
    onLogin(200, accepted());
    expect(await newSession().login()).toMatchObject({ idleTimeout: 900_000 });
  });

  it.each([0, "0", " 0 "])("accepts the status %j as success", async (status) => {
    onLogin(200, { metadata: { login: username, session: session1, status } });
    expect(await newSession().login()).toMatchObject({ user: { login: username } });
  });

  it("reads the status in the body at any HTTP status", async () => {
    onLogin(203, accepted());
    await newSession().login();
    onLogin(403, accepted());
    expect(await newSession().login()).toMatchObject({ account: username });
  });

  it("names the user by the login in the response, or else by the one that was sent", async () => {
    onLogin(200, { metadata: { login: "Canary.User@acme.example", session: session1, status: "0" } });
    expect((await newSession().login()).user).toEqual({ login: "Canary.User@acme.example" });
    onLogin(200, { metadata: { session: session1, status: "0" } });
    expect((await newSession().login()).user).toEqual({ login: username });
  });

  it("keeps a base URL's own path", async () => {
    nock("https://proxy.acme.example").post("/monitoring/api/login").reply(200, accepted());
    nock("https://proxy.acme.example").get("/monitoring/api/locations").reply(200, locations);
    const session = newSession({ baseUrl: "https://proxy.acme.example/monitoring/api" });
    expect((await session.fetch("/locations")).status).toBe(200);
  });

  it("retries the login after a 503", async () => {
    onLogin(503, "");
    onLogin(200, accepted());
    expect(await newSession().login()).toMatchObject({ account: username });
  });
});

describe("an undocumented response", () => {
  it.each([
    ["success without a session", { metadata: { login: username, status: "0" } }, ["metadata.session"]],
    ["success with an empty session", { metadata: { session: "", status: "0" } }, ["metadata.session"]],
    ["no status", { metadata: { session: session1 } }, ["metadata.status"]],
    ["a status that is no number", { metadata: { session: session1, status: session1 } }, ["metadata.status"]],
    ["no metadata", { session: session1 }, ["metadata"]],
  ])("is unexpected_response with the path and no value: %s", async (_, body, paths) => {
    onLogin(200, body);
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", paths, status: 200, retryable: false });
    expect(showsSecret(error)).toBe(false);
  });

  it.each([
    ["HTML", `<html><body>${session1}</body></html>`, "HTML"],
    ["truncated JSON", `{"metadata":{"session":"${session1}","sta`, "truncated or malformed JSON"],
    ["nothing", "", "empty"],
  ])("is unexpected_response without quoting it: %s", async (_, body, kind) => {
    onLogin(200, body, { "content-type": "application/json" });
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", message: expect.stringContaining(kind) });
    expect(showsSecret(error)).toBe(false);
  });

  it("is unexpected_response if it is a redirect, which is not followed", async () => {
    onLogin(302, "", { location: "https://elsewhere.example/login" });
    expect(await loginError(newSession())).toMatchObject({ code: "unexpected_response", status: 302 });
  });
});

describe("the credential on a call", () => {
  it("is `Authorization: Bearer` with base64 of login:session by default", async () => {
    onLogin(200, accepted());
    nock(host, { reqheaders: { authorization: bearer(session1) } })
      .get(`${base}/locations`)
      .reply(200, locations);
    const response = await newSession().fetch("locations");
    expect(await response.json()).toEqual(locations);
  });

  it("encodes a login that is not ASCII as UTF-8", async () => {
    const unicode = "zoë@acme.example";
    nock(host).post(`${base}/login`, { login: unicode, password }).reply(200, accepted());
    const authorization = `Bearer ${Buffer.from(`${unicode}:${session1}`, "utf8").toString("base64")}`;
    nock(host, { reqheaders: { authorization } }).get(`${base}/locations`).reply(200, locations);
    const session = newSession({ credentials: { username: unicode, password } });
    expect((await session.fetch("locations")).status).toBe(200);
  });

  it("is in the query with transport: query, for session.fetch and session.http", async () => {
    onLogin(200, accepted());
    const badheaders = ["authorization"];
    const query = { login: username, session: session1 };
    nock(host, { badheaders })
      .get(`${base}/locations`)
      .query({ ...query, region: "2" })
      .reply(200, locations);
    nock(host, { badheaders })
      .get(`${base}/devices`)
      .query(query)
      .reply(200, { metadata: { status: "0" } });
    const session = newSession({ transport: "query" });
    const response = await session.fetch("locations?region=2");
    expect(response.url).not.toContain(session1);
    expect(await response.json()).toEqual(locations);
    expect(await session.http.get("devices").json()).toEqual({ metadata: { status: "0" } });
  });

  it("is available to other tools, and both transports use the same stored session", async () => {
    onLogin(200, accepted());
    expect((await newSession().authorization()).headers).toEqual({ authorization: bearer(session1) });
    onLogin(200, accepted());
    const { headers, searchParams } = await newSession({ transport: "query" }).authorization();
    expect({ headers, searchParams }).toEqual({ headers: {}, searchParams: { login: username, session: session1 } });
  });
});

describe("an expired session", () => {
  const gone = refused("40", "Invalid login information.");
  const devices = { metadata: { login: username, status: "0" }, results: [] };

  it.each([
    ["HTTP 401", 401, ""],
    ["status 40 as text", 200, gone],
    ["status 40 as a number", 200, refused(40, "Invalid login information.")],
    ["status 40 at HTTP 403", 403, gone],
  ])(
    "causes one login, and the call is sent again with its body and the new credential: %s",
    async (_, status, body) => {
      onLogin(200, accepted(session1));
      onLogin(200, accepted(session2));
      const call = { name: "Orders", interval: 5 };
      nock(host, { reqheaders: { authorization: bearer(session1) } })
        .post(`${base}/devices`, call)
        .reply(status, body);
      nock(host, { reqheaders: { authorization: bearer(session2) } })
        .post(`${base}/devices`, call)
        .reply(200, devices);
      const response = await newSession().http.post("devices", { json: call });
      expect(await response.json()).toEqual(devices);
    },
  );

  it("is recognised with the query transport too", async () => {
    onLogin(200, accepted(session1));
    onLogin(200, accepted(session2));
    nock(host).get(`${base}/devices`).query({ login: username, session: session1 }).reply(200, gone);
    nock(host).get(`${base}/devices`).query({ login: username, session: session2 }).reply(200, devices);
    const response = await newSession({ transport: "query" }).fetch("devices");
    expect(await response.json()).toEqual(devices);
  });

  it("is replaced once: the second rejection is returned with its body", async () => {
    onLogin(200, accepted(session1));
    onLogin(200, accepted(session2));
    nock(host).get(`${base}/devices`).twice().reply(200, gone);
    const response = await newSession().fetch("devices");
    expect(await response.json()).toEqual(gone);
  });

  it.each(["64", "65"])("is not reported by status %s: that response is returned with its body", async (code) => {
    onLogin(200, accepted());
    const answer = refused(code, "Not for you.");
    nock(host).get(`${base}/devices/1`).reply(200, answer);
    const session = newSession();
    const response = await session.fetch("devices/1");
    expect(await response.json()).toEqual(answer);
    expect(session.info).toBeDefined();
  });

  it("is reported only by the `expiredSessionCodes`", async () => {
    onLogin(200, accepted(session1));
    onLogin(200, accepted(session2));
    nock(host).get(`${base}/devices`).reply(200, refused("55", "Expired."));
    nock(host).get(`${base}/devices`).reply(200, devices);
    nock(host).get(`${base}/locations`).reply(200, gone);
    const session = newSession({ expiredSessionCodes: ["55"] });
    expect(await (await session.fetch("devices")).json()).toEqual(devices);
    expect(await (await session.fetch("locations")).json()).toEqual(gone);
  });

  it("is not recognised in a large response, or in one that is not JSON", async () => {
    onLogin(200, accepted());
    const large = { ...refused("40", "x"), results: "x".repeat(5_000) };
    nock(host).get(`${base}/report`).reply(200, large);
    nock(host).get(`${base}/page`).reply(200, JSON.stringify(gone), { "content-type": "text/plain" });
    const session = newSession();
    expect(await (await session.fetch("report")).json()).toEqual(large);
    expect(await (await session.fetch("page")).json()).toEqual(gone);
  });
});

describe("expiry and logout", () => {
  it("counts the 15 minutes from the last use", async () => {
    let now = 1_000_000;
    onLogin(200, accepted(session1));
    onLogin(200, accepted(session2));
    for (const [session, times] of [
      [session1, 2],
      [session2, 1],
    ] as const) {
      nock(host, { reqheaders: { authorization: bearer(session) } })
        .get(`${base}/locations`)
        .times(times)
        .reply(200, locations);
    }
    const session = newSession({ now: () => now });
    await session.fetch("locations");
    now += 899_999;
    await session.fetch("locations");
    now += 900_000;
    expect((await session.fetch("locations")).status).toBe(200);
  });

  it("signs out only locally, because the vendor has no such request", async () => {
    onLogin(200, accepted());
    const session = newSession();
    await session.login();
    await session.logout();
    expect(session.info).toBeUndefined();
    await expect(session.fetch("locations")).rejects.toMatchObject({ code: "session_closed" });
  });
});
