import { loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { accepted, basic, host, newSession, onLogin, onMe, password, refusal, showsSecret, token1 } from "./vendor.ts";

useNock();

describe("a rejected login", () => {
  it("with 401 is invalid_credentials, and is thrown again until `renew()`", async () => {
    onLogin(401, refusal("UNAUTHORIZED", "Invalid username/password."));
    const session = newSession();
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "invalid_credentials", status: 401, vendor: "findface", retryable: false });
    expect((error as Error).message).toMatch(
      /^\[@vms\/findface\] .*Invalid username\/password\. Correct `credentials`/,
    );
    await expect(session.fetch("users/me/")).rejects.toBe(error);

    onLogin(200, accepted());
    expect((await session.renew()).account).toBe("operator");
  });

  it.each([
    ["no body", undefined],
    ["HTML", "<html>401</html>"],
    ["a body without a code", { detail: "no" }],
  ])("with 401 is invalid_credentials with %s", async (_, body) => {
    onLogin(401, body as nock.Body);
    expect(await loginError(newSession())).toMatchObject({ code: "invalid_credentials" });
  });

  it.each([401, 403])("with %i for a missing license is not reported as a wrong password", async (status) => {
    onLogin(status, refusal("LICENSE_ERROR", "The license has expired."));
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "account_unavailable", reason: "license", status, retryable: false });
    expect((error as Error).message).toContain("The license has expired.");
  });

  it("with 403 for a missing permission is account_unavailable, disabled", async () => {
    onLogin(403, refusal("PERMISSION_DENIED", "No.", { missing_permissions: ["login"] }));
    expect(await loginError(newSession())).toMatchObject({
      code: "account_unavailable",
      reason: "disabled",
      status: 403,
    });
  });

  it("with 400 is invalid_request, with the vendor's text for each field", async () => {
    onLogin(400, refusal("BAD_PARAM", "This field is required.", { param: "uuid" }));
    expect(await loginError(newSession())).toMatchObject({
      code: "invalid_request",
      status: 400,
      fields: { uuid: ["This field is required."] },
    });
  });

  it("with 400 is invalid_request without traceback, param and desc", async () => {
    onLogin(400, { code: "BAD_PARAM", desc: "Malformed." });
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "invalid_request", fields: {} });
    expect((error as Error).message).toContain("Malformed.");

    onLogin(400, { code: "BAD_PARAM", desc: null, param: "mobile" });
    expect(await loginError(newSession())).toMatchObject({ code: "invalid_request", fields: { mobile: [] } });
  });

  it("does not contain what the vendor quotes of the request", async () => {
    const quoted = `${password} ${basic} Basic ${basic}`;
    for (const [status, code] of [
      [400, "BAD_PARAM"],
      [401, "UNAUTHORIZED"],
      [403, "PERMISSION_DENIED"],
    ] as const) {
      onLogin(status, refusal(code, `wrong: ${quoted}`, { param: password, traceback: quoted }));
      const error = await loginError(newSession());
      expect(error).toMatchObject({ status });
      expect(showsSecret(error)).toBe(false);
    }
  });

  it.each([
    [404, refusal("NOT_FOUND", password)],
    [400, "<html>bad request</html>"],
    [403, refusal("ELSE", password)],
    [302, undefined],
  ])("with %i and an unknown body is unexpected_response", async (status, body) => {
    onLogin(status, body as nock.Body, { location: `${host}/login/` });
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", status });
    expect(showsSecret(error)).toBe(false);
  });

  it("with 503 is retried, and with 429 reports the Retry-After", async () => {
    onLogin(503, "down");
    onLogin(200, accepted());
    expect((await newSession().login()).account).toBe("operator");

    onLogin(429, {}, { "retry-after": "90" });
    expect(await loginError(newSession())).toMatchObject({ code: "rate_limited", retryAfter: 90_000 });
  });
});

describe("an undocumented response", () => {
  it.each<[string, nock.Body, string[]]>([
    ["HTML", "<!doctype html><title>FindFace</title>", []],
    ["truncated JSON", JSON.stringify(accepted()).slice(0, -20), []],
    ["more than 1 MiB", JSON.stringify({ ...accepted(), more: "x".repeat(1_048_576) }), []],
    [
      "a wrong shape",
      { token: 1, user: { ...(accepted().user as object), id: token1 } },
      ["token", "user.id", "token_expiration_datetime"],
    ],
  ])("is unexpected_response, with paths and without values: %s", async (_, body, paths) => {
    onLogin(200, body, { "content-type": "application/json" });
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", status: 200, paths, retryable: false });
    for (const path of paths) expect((error as Error).message).toContain(path);
    expect(showsSecret(error)).toBe(false);
  });

  it("is unexpected_response if the token cannot be sent in a header", async () => {
    onLogin(200, accepted(`${token1}\n`));
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response" });
    expect(showsSecret(error)).toBe(false);
  });
});

describe("a rejected data call", () => {
  it("with 401 for a missing license is returned with its body, without a login", async () => {
    onLogin(200, accepted());
    const body = refusal("LICENSE_ERROR", "The license has expired.");
    onMe(token1).twice().reply(401, body);
    const session = newSession();
    for (let call = 0; call < 2; call++) {
      const response = await session.fetch("users/me/");
      expect([response.status, await response.json()]).toEqual([401, body]);
    }
  });

  it("with 403 is returned", async () => {
    onLogin(200, accepted());
    nock(host).get("/sessions/").reply(403, refusal("PERMISSION_DENIED", "No."));
    expect((await newSession().fetch("sessions/")).status).toBe(403);
  });
});
