import { loginError, testClock, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  answering,
  host,
  newSession,
  onAuthenticate,
  onAuthenticateWithCode,
  onAuthorize,
  onAuthorizeWithCode,
  onLogin,
  onSendCode,
  session1,
  showsSecret,
  token1,
  token2,
  username,
} from "./vendor.ts";

useNock();

describe("the single-use token", () => {
  /** Records each request of a login, because nock does not report a token that is sent twice. */
  function recorded() {
    const sent: string[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      const fields = new URLSearchParams(String(init?.body));
      sent.push(fields.get("token") ?? "authenticate");
      return globalThis.fetch(input, init);
    };
    return { sent, fetch };
  }

  it.each([
    ["a network fault", () => nock(host).post("/g/aaa/authorize", { token: token1 }).replyWithError(`reset ${token1}`)],
    ["a 503", () => onAuthorize(token1, 503, "")],
    ["a 401, which is about the token and not the password", () => onAuthorize(token1, 401, "", {})],
  ])("is not sent twice: the login starts again at authenticate after %s on authorize", async (_, onFault) => {
    onAuthenticate(200, { token: token1 });
    onFault();
    onLogin(session1, token2);
    const { sent, fetch } = recorded();
    expect(await newSession({ fetch }).login()).toMatchObject({ account: username });
    expect(sent).toEqual(["authenticate", token1, "authenticate", token2]);
  });

  /** Expects one authenticate, and calls `wait` before the response. */
  function onSlowAuthenticate(token: string, wait: () => void) {
    nock(host)
      .post("/g/aaa/authenticate")
      .reply(200, () => {
        wait();
        return { token };
      });
  }

  it.each([
    [30_000, ["authenticate", token1]],
    [30_001, ["authenticate", "authenticate", token2]],
  ])("is replaced if more than 30 s have passed before authorize: %i ms", async (ms, expected) => {
    const { now, skip } = testClock();
    onSlowAuthenticate(token1, () => skip(ms));
    if (ms > 30_000) onLogin(session1, token2);
    else onAuthorize(token1);
    const { sent, fetch } = recorded();
    await newSession({ fetch, now, timeout: 300_000 }).login();
    expect(sent).toEqual(expected);
  });

  it("is replaced once: the second token is sent even if the vendor is slow", async () => {
    const { now, skip } = testClock();
    const wait = () => skip(31_000);
    onSlowAuthenticate(token1, wait);
    onSlowAuthenticate(token2, wait);
    onAuthorize(token2);
    const { sent, fetch } = recorded();
    await newSession({ fetch, now, timeout: 300_000 }).login();
    expect(sent).toEqual(["authenticate", "authenticate", token2]);
  });
});

describe("two_factor_authenticate", () => {
  it.each([412, 415])("that returns %i tries the next method with the same token", async (status) => {
    onAuthenticateWithCode();
    onSendCode(token1, "sms", status);
    onSendCode(token1, "email");
    onAuthorizeWithCode(token1, "1234");
    const { asked, secondFactor } = answering("1234");
    await newSession({ secondFactor }).login();
    expect(asked.map(({ sent }) => sent)).toEqual(["email"]);
  });

  it.each([412, 415])(
    "that returns %i for each method is invalid_request that names the last method",
    async (status) => {
      onAuthenticateWithCode();
      onSendCode(token1, "sms", status);
      onSendCode(token1, "email", status);
      const { asked, secondFactor } = answering("1234");
      const error = await loginError(newSession({ secondFactor }));
      expect(error).toMatchObject({ code: "invalid_request", status, retryable: false });
      expect((error as Error).message).toContain(`by email (${status})`);
      expect(showsSecret(error)).toBe(false);
      expect(asked).toEqual([]);
    },
  );

  it("that returns 400 is invalid_request, and no other method is tried", async () => {
    onAuthenticateWithCode();
    onSendCode(token1, "sms", 400);
    const error = await loginError(newSession({ secondFactor: answering("1234").secondFactor }));
    expect(error).toMatchObject({ code: "invalid_request", status: 400 });
    expect((error as Error).message).toContain("two_factor_authenticate");
    expect(showsSecret(error)).toBe(false);
  });

  it("that returns 429 is rate_limited, with the vendor's Retry-After", async () => {
    onAuthenticateWithCode();
    nock(host).post("/g/aaa/two_factor_authenticate").reply(429, "", { "retry-after": "120" });
    const error = await loginError(newSession({ secondFactor: answering("1234").secondFactor }));
    expect(error).toMatchObject({ code: "rate_limited", retryAfter: 120_000 });
  });

  it("that returns 503 starts the login again at authenticate", async () => {
    onAuthenticateWithCode(token1);
    onSendCode(token1, "sms", 503);
    onAuthenticateWithCode(token2);
    onSendCode(token2);
    onAuthorizeWithCode(token2, "1234");
    const { asked, secondFactor } = answering("1234");
    await newSession({ secondFactor }).login();
    expect(asked).toHaveLength(1);
  });
});
