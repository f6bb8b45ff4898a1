import type { SecondFactorChallenge } from "@vms/core";
import { loginError, testClock, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  answering,
  apiKey,
  hints,
  host,
  newSession,
  onAuthenticate,
  onAuthenticateWithCode,
  onAuthorize,
  onAuthorizeWithCode,
  onSendCode,
  password,
  session1,
  setCookie,
  showsSecret,
  token1,
  token2,
  user,
  username,
} from "./vendor.ts";

useNock();

describe("a login with a code", () => {
  it("requests the code for the token, and sends both to authorize as a form", async () => {
    const form = { reqheaders: { "content-type": /^application\/x-www-form-urlencoded/, authorization: apiKey } };
    const token = { token: token1 };
    nock(host, form)
      .post("/g/aaa/authenticate", { username, password })
      .reply(200, { ...token, two_factor_authentication_code: hints });
    nock(host, form)
      .post("/g/aaa/two_factor_authenticate", { ...token, two_factor_authentication_type: "sms" })
      .reply(200);
    nock(host, form)
      .post("/g/aaa/authorize", { ...token, two_factor_authentication_code: "1234" })
      .reply(200, user, { "set-cookie": setCookie(session1) });
    const { asked, secondFactor } = answering("12 34");
    expect(await newSession({ apiKey, secondFactor }).login()).toMatchObject({ account: username, user });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      vendor: "eagleeye",
      account: username,
      attempt: 1,
      sent: "sms",
      methods: [
        { type: "sms", hint: hints.sms },
        { type: "email", hint: hints.email },
      ],
    });
    expect(asked[0]).not.toHaveProperty("last");
    expect(showsSecret(asked[0])).toBe(false);
  });

  it("sends JSON with body: json", async () => {
    const json = { reqheaders: { "content-type": /^application\/json/ } };
    const token = { token: token1 };
    nock(host, json)
      .post("/g/aaa/authenticate")
      .reply(200, { ...token, two_factor_authentication_code: hints });
    nock(host, json)
      .post("/g/aaa/two_factor_authenticate", { ...token, two_factor_authentication_type: "sms" })
      .reply(200);
    nock(host, json)
      .post("/g/aaa/authorize", { ...token, two_factor_authentication_code: "1234" })
      .reply(200, user, { "set-cookie": setCookie(session1) });
    await newSession({ body: "json", secondFactor: answering("1234").secondFactor }).login();
  });

  it.each([
    ["no phone", { ...hints, sms: "No sms phone found" }],
    ["no hint", { email: hints.email }],
  ])("is not offered by sms if the vendor has %s", async (_, contacts) => {
    onAuthenticateWithCode(token1, contacts);
    onSendCode(token1, "email");
    onAuthorizeWithCode(token1, "1234");
    const { asked, secondFactor } = answering("1234");
    await newSession({ secondFactor }).login();
    expect(asked[0]).toMatchObject({ sent: "email", methods: [{ type: "email", hint: hints.email }] });
  });

  it("is second_factor_required without a request for a code if the vendor offers no method", async () => {
    onAuthenticateWithCode(token1, { sms: "No sms phone found" });
    const { asked, secondFactor } = answering("1234");
    const error = await loginError(newSession({ secondFactor }));
    expect(error).toMatchObject({ code: "second_factor_required", methods: [], vendor: "eagleeye" });
    expect((error as Error).message).toContain("no phone number");
    expect(asked).toEqual([]);
  });
});

describe("authorize with a code", () => {
  it.each([
    [406, "wrong"],
    [401, "late"],
  ])("that returns %i asks for the code of a new token, and calls the last code %s", async (status, last) => {
    onAuthenticateWithCode(token1);
    onSendCode(token1);
    onAuthorizeWithCode(token1, "1111", status);
    onAuthenticateWithCode(token2);
    onSendCode(token2);
    onAuthorizeWithCode(token2, "2222");
    const { asked, secondFactor } = answering("1111", "2222");
    await newSession({ secondFactor }).login();
    expect(asked.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, last],
    ]);
  });

  it.each([406, 401])(
    "that returns %i three times is second_factor_rejected, and asks for no other code",
    async (status) => {
      for (const n of [1, 2, 3]) {
        onAuthenticateWithCode(`canary-token-${n}`);
        onSendCode(`canary-token-${n}`);
        onAuthorizeWithCode(`canary-token-${n}`, `000${n}`, status);
      }
      const { asked, secondFactor } = answering("0001", "0002", "0003", "0004");
      const session = newSession({ secondFactor });
      const error = await loginError(session);
      expect(error).toMatchObject({ code: "second_factor_rejected", status, retryable: false });
      expect(showsSecret(error)).toBe(false);
      await expect(session.fetch("g/user")).rejects.toBe(error);
      expect(asked).toHaveLength(3);
    },
  );

  it("that returns 400 is invalid_request, and asks for no other code", async () => {
    onAuthenticateWithCode();
    onSendCode();
    onAuthorizeWithCode(token1, "1111", 400);
    expect(await loginError(newSession({ secondFactor: answering("1111", "2222").secondFactor }))).toMatchObject({
      code: "invalid_request",
      status: 400,
    });
  });

  it("that returns 429 is account_unavailable, locked, and sends nothing more", async () => {
    onAuthenticateWithCode();
    onSendCode();
    onAuthorizeWithCode(token1, "1111", 429);
    const session = newSession({ secondFactor: answering("1111", "2222").secondFactor });
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "account_unavailable", reason: "locked", retryable: false, status: 429 });
    expect(showsSecret(error)).toBe(false);
    await expect(session.fetch("g/user")).rejects.toBe(error);
  });

  it("that ends early starts again at authenticate: its token and its code may be used up", async () => {
    onAuthenticateWithCode(token1);
    onSendCode(token1);
    nock(host)
      .post("/g/aaa/authorize", { token: token1, two_factor_authentication_code: "1111" })
      .replyWithError(`reset ${token1}`);
    onAuthenticateWithCode(token2);
    onSendCode(token2);
    onAuthorizeWithCode(token2, "2222");
    const { asked, secondFactor } = answering("1111", "2222");
    await newSession({ secondFactor }).login();
    expect(asked.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });

  it("needs no code if the vendor no longer requires one", async () => {
    onAuthenticateWithCode(token1);
    onSendCode(token1);
    onAuthorizeWithCode(token1, "1111", 406);
    onAuthenticate(200, { token: token2 });
    onAuthenticate(200, { token: token2 });
    onAuthorize(token2);
    const { asked, secondFactor } = answering("1111");
    expect(await newSession({ secondFactor }).login()).toMatchObject({ account: username });
    expect(asked).toHaveLength(1);
  });

  it("is not retried with a password that the vendor now rejects", async () => {
    onAuthenticateWithCode(token1);
    onSendCode(token1);
    onAuthorizeWithCode(token1, "1111", 406);
    onAuthenticate(401, "");
    const session = newSession({ secondFactor: answering("1111", "2222").secondFactor });
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "invalid_credentials" });
    await expect(session.fetch("g/user")).rejects.toBe(error);
  });
});

describe("a late code", () => {
  it.each([
    [900_000, [token1]],
    [900_001, [token2]],
  ])("after %i ms is sent to authorize only if its token can be valid", async (ms, expected) => {
    const { now, skip } = testClock();
    const sent: string[] = [];
    onAuthenticateWithCode(token1);
    onSendCode(token1);
    if (expected[0] === token2) {
      onAuthenticateWithCode(token2);
      onSendCode(token2);
    }
    onAuthorizeWithCode(expected[0] ?? "", "1111");
    const asked: SecondFactorChallenge[] = [];
    const session = newSession({
      now,
      fetch: (input, init) => {
        if (String(input).endsWith("authorize")) sent.push(new URLSearchParams(String(init?.body)).get("token") ?? "");
        return globalThis.fetch(input, init);
      },
      secondFactor: (challenge) => {
        asked.push(challenge);
        if (challenge.attempt === 1) skip(ms);
        return { method: "sms", code: "1111" };
      },
    });
    await session.login();
    expect(sent).toEqual(expected);
    expect(asked.map(({ last }) => last)).toEqual(expected[0] === token2 ? [undefined, "late"] : [undefined]);
  });

  it("three times is second_factor_rejected, without a request to authorize", async () => {
    const { now, skip } = testClock();
    for (const n of [1, 2, 3]) {
      onAuthenticateWithCode(`canary-token-${n}`);
      onSendCode(`canary-token-${n}`);
    }
    const session = newSession({
      now,
      secondFactor: () => {
        skip(900_001);
        return { method: "sms", code: "1111" };
      },
    });
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "second_factor_rejected", retryable: false });
    expect(error).not.toHaveProperty("status");
    expect((error as Error).message).toContain("15 minutes");
  });

  it("is requested for a new token if another method is chosen after the token has expired", async () => {
    const { now, skip } = testClock();
    onAuthenticateWithCode(token1);
    onSendCode(token1);
    onAuthenticateWithCode(token2);
    onSendCode(token2, "email");
    onSendCode(token2, "sms");
    onAuthorizeWithCode(token2, "2222");
    const session = newSession({
      now,
      secondFactor: async ({ send }) => {
        skip(900_001);
        await Promise.all([send("email"), send("sms")]);
        return { method: "email", code: "2222" };
      },
    });
    await session.login();
  });
});
