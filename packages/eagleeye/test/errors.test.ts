import type { FlowResponse } from "@vms/core/flow";
import { loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { authorizeFailure } from "../src/errors.ts";
import { host, newSession, onAuthenticate, onAuthorize, password, session1, showsSecret, token1 } from "./vendor.ts";

useNock();

const echo = `you sent ${password} and ${token1} for ${session1}`;

describe("authenticate", () => {
  it.each([
    [400, { code: "invalid_request", fields: {} }, "form"],
    [462, { code: "account_unavailable", reason: "pending" }, "the user is pending"],
    [401, { code: "invalid_credentials" }, "`credentials`"],
    [402, { code: "account_unavailable", reason: "suspended" }, "suspended"],
    [460, { code: "account_unavailable", reason: "inactive" }, "inactive"],
    [461, { code: "account_unavailable", reason: "pending" }, "the account is pending"],
    [412, { code: "account_unavailable", reason: "disabled" }, "disabled"],
    [465, { code: "account_unavailable", reason: "ip_not_allowed" }, "IP address"],
  ])("that returns %i is final and sent once: %j", async (status, expected, text) => {
    onAuthenticate(status, echo);
    const session = newSession();
    const error = await loginError(session);
    expect(error).toMatchObject({ ...expected, vendor: "eagleeye", status, retryable: false });
    expect((error as Error).message).toMatch(/^\[@vms\/eagleeye\] /);
    expect((error as Error).message).toContain(text);
    expect(showsSecret(error)).toBe(false);
    await expect(session.fetch("g/user")).rejects.toBe(error);
  });

  it("that returns 429 is rate_limited, with the vendor's Retry-After", async () => {
    onAuthenticate(429, "", { "retry-after": "120" });
    expect(await loginError(newSession())).toMatchObject({
      code: "rate_limited",
      retryAfter: 120_000,
      retryable: true,
    });
  });

  it("that returns 5xx each time is vendor_unavailable", async () => {
    for (const status of [500, 502, 503]) onAuthenticate(status, "<html>");
    expect(await loginError(newSession())).toMatchObject({ code: "vendor_unavailable", status: 503 });
  });

  it.each([301, 403, 404, 405, 423, 463])("that returns %i is unexpected_response", async (status) => {
    onAuthenticate(status, echo, { location: "https://elsewhere.example/" });
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", status });
    expect(showsSecret(error)).toBe(false);
  });

  it("that requires a second factor is second_factor_required, with the methods and their hints", async () => {
    const hints = { sms: "*** *** 779", email: "****@acme.example" };
    onAuthenticate(200, { token: token1, two_factor_authentication_code: hints });
    const error = await loginError(newSession());
    expect(error).toMatchObject({
      code: "second_factor_required",
      methods: [
        { type: "sms", hint: "*** *** 779" },
        { type: "email", hint: "****@acme.example" },
      ],
    });
    expect(showsSecret(error)).toBe(false);
  });

  it("that requires a second factor offers the methods with a hint", async () => {
    onAuthenticate(200, { token: token1, two_factor_authentication_code: { sms: null, email: "****@acme.example" } });
    const methods = [{ type: "email", hint: "****@acme.example" }];
    expect(await loginError(newSession())).toMatchObject({ code: "second_factor_required", methods });
  });
});

describe("authorize", () => {
  it("that returns 400 is invalid_request", async () => {
    onAuthenticate();
    onAuthorize(token1, 400, echo, {});
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "invalid_request", status: 400 });
    expect(showsSecret(error)).toBe(false);
  });

  it("that returns 401 each time is vendor_unavailable, and each attempt has its own token", async () => {
    const tokens = [1, 2, 3].map((n) => `canary-${n}-token`);
    for (const token of tokens) {
      onAuthenticate(200, { token });
      onAuthorize(token, 401, echo, {});
    }
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "vendor_unavailable", status: 401, retryable: true });
    expect(showsSecret(error)).toBe(false);
  });

  it("that returns 406 is second_factor_rejected", async () => {
    onAuthenticate();
    onAuthorize(token1, 406, echo, {});
    expect(await loginError(newSession())).toMatchObject({ code: "second_factor_rejected", status: 406 });
  });

  it("that returns 429 is account_unavailable, locked, and never retried", async () => {
    onAuthenticate();
    onAuthorize(token1, 429, echo, { "retry-after": "1" });
    const session = newSession();
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "account_unavailable", reason: "locked", status: 429, retryable: false });
    await expect(session.fetch("g/user")).rejects.toBe(error);
  });

  it.each([
    [401, true, "second_factor_rejected"],
    [401, false, "vendor_unavailable"],
    [406, true, "second_factor_rejected"],
  ])("that returns %i, with a code: %s, is %s", (status, withCode, code) => {
    expect(authorizeFailure({ status } as FlowResponse, withCode)).toMatchObject({ code });
  });

  it("that ends early each time is vendor_unavailable without the error of the network", async () => {
    for (const token of ["t-canary-1", "t-canary-2", "t-canary-3"]) {
      onAuthenticate(200, { token });
      nock(host).post("/g/aaa/authorize", { token }).replyWithError(echo);
    }
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "vendor_unavailable" });
    expect(showsSecret(error)).toBe(false);
  });
});
