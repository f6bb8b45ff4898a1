import { memoryStore } from "@vms/core";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { human, served } from "./simulated.ts";
import {
  failureOf,
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
  useNock,
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

describe("a login that fails after its code was taken", () => {
  it.each(faults)("asks nobody a second time: %s", async (_, path, fault) => {
    const { server, newSession: open } = await served();
    const somebody = human(server);
    server.script({ when: (request) => request.path === path, times: 2, ...fault });
    const session = open({ account, secondFactor: somebody.secondFactor });
    expect((await session.login()).user.active_account_id).toBe(account);
    expect([somebody.asked.length, server.sessions]).toEqual([1, 1]);
  });

  it("asks nobody at the next call either", async () => {
    const { server, newSession: open } = await served();
    const somebody = human(server);
    server.script({ when: ({ path }) => path === "/g/aaa/switch_account", times: 4, status: 503 });
    const session = open({ account, secondFactor: somebody.secondFactor });
    expect(await failureOf(session)).toMatchObject({ code: "vendor_unavailable" });
    expect((await session.fetch("g/user")).status).toBe(200);
    expect([somebody.asked.length, server.sessions]).toEqual([1, 1]);
  });

  it("asks again where the vendor wants a code nevertheless", async () => {
    const { server, newSession: open } = await served();
    const somebody = human(server);
    server.script({ when: ({ path }) => path === "/g/aaa/switch_account", times: 3, status: 503 });
    const session = open({ account, secondFactor: somebody.secondFactor });
    await failureOf(session);
    server.forgetTrustedKeys();
    await session.login();
    expect(somebody.asked).toHaveLength(2);
  });

  it("asks again after a sign-out, which forgets the key", async () => {
    const { server, newSession: open } = await served();
    const somebody = human(server);
    server.script({ when: ({ path }) => path === "/g/aaa/switch_account", times: 3, status: 503 });
    const session = open({ account, secondFactor: somebody.secondFactor });
    await failureOf(session);
    await session.logout();
    await session.login();
    expect(somebody.asked).toHaveLength(2);
  });
});

describe("an answer of authorize that cannot be used", () => {
  useNock();

  it.each([
    [
      "its brand is not the name of a host",
      { ...user, active_brand_subdomain: "bad.host" },
      ["active_brand_subdomain"],
    ],
    ["its user is none", { ...user, id: 7 }, ["id"]],
  ])("is signed out at the login's host: %s", async (_, body, paths) => {
    nock(host).post("/g/aaa/authenticate", { username, password }).reply(200, { token: token1 });
    onAuthorize(token1, 200, body);
    nock(host, { reqheaders: { cookie: `videobank_sessionid=${session1}` } })
      .post("/g/aaa/logout")
      .reply(204);
    const error = await failureOf(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", paths });
    expect(showsSecret(error)).toBe(false);
  });

  it("is told also where that sign-out fails, and the next login needs no code", async () => {
    onAuthenticateWithCode();
    onSendCode();
    nock(host)
      .post("/g/aaa/authorize", { token: token1, two_factor_authentication_code: "1234" })
      .reply(200, { ...user, id: 7 }, { "set-cookie": [setCookie(session1), setCookie(tfaKey1, "tfa_key")] });
    nock(host).post("/g/aaa/logout").reply(503);
    const session = newSession({ secondFactor: () => ({ method: "sms", code: "1234" }) });
    expect(await failureOf(session)).toMatchObject({ code: "unexpected_response", paths: ["id"] });
    nock(host, { reqheaders: { cookie: `tfa_key=${tfaKey1}` } })
      .post("/g/aaa/authenticate")
      .reply(200, { token: token2 });
    onAuthorize(token2, 200, user, { "set-cookie": setCookie(session2) });
    await session.login();
  });
});

describe("cookies that hold no key", () => {
  useNock();

  it("are taken up with the key of the account in the store, without asking for the password", async () => {
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
