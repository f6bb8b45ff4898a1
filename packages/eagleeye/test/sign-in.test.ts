import { memoryStore } from "@vms/core";
import { allRequested, loginError, testClock, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { human, served, steps } from "./simulator/simulated-vendor.ts";
import {
  answering,
  brandHost,
  hints,
  host,
  newSession,
  onAuthenticateWithCode,
  onAuthorize,
  onAuthorizeWithCode,
  onSendCode,
  password,
  session1,
  session2,
  setCookie,
  showsSecret,
  tfaKey1,
  token1,
  token2,
  user,
  username,
} from "./vendor.ts";

/** An account of the simulator that its user may switch to. */
const account = "00061987";

const faults: [string, string, object][] = [
  ["a 503 to the switch", "/g/aaa/switch_account", { status: 503 }],
  ["a 429 to the switch", "/g/aaa/switch_account", { status: 429 }],
  ["no answer to the switch", "/g/aaa/switch_account", { drop: "before-headers" }],
  ["a 503 to the look at the user", "/g/user", { status: 503 }],
];

describe("a login that fails after its code was accepted", () => {
  it.each(faults)("does not ask for a second code: %s", async (_, path, fault) => {
    const { server, newSession: open } = await served();
    const somebody = human(server);
    server.script({ when: (request) => request.path === path, times: 2, ...fault });
    const session = open({ account, secondFactor: somebody.secondFactor });
    expect((await session.login()).user.active_account_id).toBe(account);
    expect([somebody.asked.length, server.sessions]).toEqual([1, 1]);
  });

  it("is signed out immediately, and its key is dropped: the next call asks for a code", async () => {
    const { server, newSession: open } = await served();
    const somebody = human(server);
    server.script({ when: ({ path }) => path === "/g/aaa/switch_account", times: 3, status: 503 });
    const { now, skip } = testClock();
    const session = open({ account, secondFactor: somebody.secondFactor, now });
    expect(await loginError(session)).toMatchObject({ code: "vendor_unavailable" });
    await expect.poll(() => server.sessions).toBe(0);
    skip();
    expect(steps(server).filter((step) => step === "logout")).toHaveLength(1);
    expect((await session.fetch("g/user")).status).toBe(200);
    expect([somebody.asked.length, server.sessions]).toEqual([2, 1]);
  });

  it.each([
    ["does not ask for a second code", true, 1],
    ["asks for a second code, if the vendor no longer trusts the key,", false, 2],
  ] as const)("%s when the vendor has ended the session before the retry", async (_, trusted, codes) => {
    const { server, newSession: open } = await served();
    const somebody = human(server);
    const ending: typeof fetch = (input, init) => {
      if (String(input).endsWith("switch_account") && server.logins === 1) {
        server.revokeAll();
        if (!trusted) server.forgetTrustedKeys();
      }
      return globalThis.fetch(input, init);
    };
    server.script({ when: ({ path }) => path === "/g/aaa/switch_account", status: 503 });
    const session = open({ account, secondFactor: somebody.secondFactor, fetch: ending });
    await session.login();
    expect([somebody.asked.length, server.logins, server.sessions]).toEqual([codes, 2, 1]);
  });
});

describe("an invalid response of authorize", () => {
  useNock();

  it.each([
    [
      "its brand is not the name of a host",
      { ...user, active_brand_subdomain: "bad.host" },
      ["active_brand_subdomain"],
    ],
    ["its user is invalid", { ...user, id: 7 }, ["id"]],
  ])("is signed out at the login's host: %s", async (_, body, paths) => {
    nock(host).post("/g/aaa/authenticate", { username, password }).reply(200, { token: token1 });
    onAuthorize(token1, 200, body);
    nock(host, { reqheaders: { cookie: `videobank_sessionid=${session1}` } })
      .post("/g/aaa/logout")
      .reply(204);
    const error = await loginError(newSession());
    await allRequested();
    expect(error).toMatchObject({ code: "unexpected_response", paths });
    expect(showsSecret(error)).toBe(false);
  });

  it("is reported even if the sign-out fails, and the next login asks for a code again", async () => {
    onAuthenticateWithCode();
    onSendCode();
    nock(host)
      .post("/g/aaa/authorize", { token: token1, two_factor_authentication_code: "1234" })
      .reply(200, { ...user, id: 7 }, { "set-cookie": [setCookie(session1), setCookie(tfaKey1, "tfa_key")] });
    nock(host).post("/g/aaa/logout").times(3).reply(503);
    const { asked, secondFactor } = answering("1234", "1234");
    const { now, skip } = testClock();
    const session = newSession({ secondFactor, now });
    expect(await loginError(session)).toMatchObject({ code: "unexpected_response", paths: ["id"] });
    await allRequested();
    skip();
    nock(host, { badheaders: ["cookie"] })
      .post("/g/aaa/authenticate")
      .reply(200, { token: token2, two_factor_authentication_code: hints });
    onSendCode(token2);
    onAuthorizeWithCode(token2, "1234", 200, [setCookie(session2)]);
    await session.renew();
    expect(asked).toHaveLength(2);
  });
});

describe("given cookies", () => {
  useNock();

  it.for(["auth_key", "videobank_sessionid"])("named %s are used, and calls go to the user's brand", async (name) => {
    nock(host).get("/g/user").matchHeader("cookie", `${name}=${session1}`).reply(200, user);
    nock(brandHost).get("/g/device/list").matchHeader("cookie", `${name}=${session1}`).reply(200, []);
    const session = newSession({ cookies: { [name]: session1 } });
    expect((await session.fetch("g/device/list")).status).toBe(200);
    expect(session.info?.user.email).toBe(user.email);
  });

  it("that the vendor rejects are replaced by a login", async () => {
    nock(host).get("/g/user").reply(401);
    nock(host).post("/g/aaa/authenticate").reply(401);
    await expect(newSession({ cookies: { auth_key: session1 } }).login()).rejects.toMatchObject({
      code: "invalid_credentials",
    });
  });

  it("are used with the stored key of the account, without asking for the password", async () => {
    const store = memoryStore();
    let now = 0;
    const options = { store, lifetime: 3_600_000, now: () => now };
    onAuthenticateWithCode();
    onSendCode();
    onAuthorizeWithCode(token1, "1234", 200, [setCookie(session1), setCookie(tfaKey1, "tfa_key")]);
    await newSession({ ...options, secondFactor: () => ({ method: "sms", code: "1234" }) }).login();
    now += 3_600_000;
    nock(host).get("/g/user").matchHeader("cookie", `auth_key=${session2}`).reply(200, user);
    let asked = 0;
    const ask = () => {
      asked++;
      return password;
    };
    const session = newSession({
      ...options,
      cookies: { auth_key: session2 },
      credentials: { username, password: ask },
    });
    await session.login();
    expect(asked).toBe(0);
    nock(host, { reqheaders: { cookie: `tfa_key=${tfaKey1}` } })
      .post("/g/aaa/authenticate")
      .reply(200, { token: token2 });
    onAuthorize(token2);
    await session.renew();
  });
});
