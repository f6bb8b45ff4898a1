import { loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { accepted, host, invalid, newSession, onAdmins, onLogin, password, showsSecret, token1 } from "./vendor.ts";

useNock();

const WRONG = "These credentials are wrong.";

describe("a login with the response 422", () => {
  it.each<[string, object]>([
    ["login", invalid({ login: [WRONG] })],
    ["password", invalid({ password: [WRONG] })],
    ["email", invalid({ email: [WRONG] })],
    ["Username, and a bare text", invalid({ Username: WRONG })],
    ["login and password", invalid({ login: [WRONG], password: [WRONG] })],
  ])("means wrong credentials if errors name %s", async (_, body) => {
    onLogin(422, body);
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "invalid_credentials", status: 422, vendor: "admin-token", retryable: false });
    expect((error as Error).message).toMatch(
      /^\[@vms\/admin-token\] .*The vendor's message: These credentials are wrong\. Correct `credentials`/,
    );
  });

  it.each<[string, object]>([
    ["no errors", { message: "Invalid." }],
    ["an empty object", invalid({})],
    ["PHP's empty list", invalid([])],
    ["errors of another type", invalid("no")],
  ])("means wrong credentials also with %s", async (_, body) => {
    onLogin(422, body);
    expect(await loginError(newSession())).toMatchObject({ code: "invalid_credentials", status: 422 });
  });

  it("means invalid_request if errors name another field, as in the vendor's example", async () => {
    const reason = "The reason for the error will be described here";
    onLogin(422, invalid({ any_key: [reason] }));
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "invalid_request", status: 422, fields: { any_key: [reason] } });
    expect((error as Error).message).toContain("any_key");
  });

  it("means invalid_request if errors also name another field than the credentials", async () => {
    onLogin(422, invalid({ login: [WRONG], captcha: ["Required.", 7, null] }));
    expect(await loginError(newSession())).toMatchObject({
      code: "invalid_request",
      fields: { login: [WRONG], captcha: ["Required."] },
    });
  });

  it("means the same if the password is the name of a field", async () => {
    for (const word of ["login", "password"]) {
      onLoginAs(word, invalid({ login: [WRONG], password: [WRONG] }));
      const session = newSession({ credentials: { username: word, password: word } });
      expect(await loginError(session)).toMatchObject({ code: "invalid_credentials" });
    }
  });

  it.each(["login", "any_key"])("is not retried with the same credentials: %s", async (field) => {
    onLogin(422, invalid({ [field]: [WRONG] }));
    const session = newSession();
    const error = await loginError(session);
    await expect(session.fetch("api/v1/cameras")).rejects.toBe(error);
    onLogin(200, accepted());
    expect((await session.renew()).user.id).toBe(87);
  });

  it.each(["login", "any_key", password])(
    "does not contain what the vendor quotes, in values or keys: %s",
    async (field) => {
      onLogin(422, invalid({ [field]: [`"${password}" is wrong`] }));
      const error = await loginError(newSession());
      expect(error).toMatchObject({ status: 422 });
      expect(showsSecret(error)).toBe(false);
    },
  );

  it("contains a limited number of fields and texts", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`field${at}`, Array(30).fill("x".repeat(400))]),
    );
    onLogin(422, invalid(many));
    const { fields } = (await loginError(newSession())) as { fields: Record<string, string[]> };
    expect(Object.keys(fields)).toHaveLength(20);
    expect(fields.field0).toHaveLength(20);
    expect(fields.field0?.[0]).toHaveLength(300);
  });

  it("is unexpected_response if it is not JSON", async () => {
    onLogin(422, `<html>${password}`);
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", status: 422 });
    expect(showsSecret(error)).toBe(false);
  });
});

describe("a login with another response than 422", () => {
  it("with 401 means wrong credentials", async () => {
    onLogin(401, { message: "Unauthenticated." });
    expect(await loginError(newSession())).toMatchObject({ code: "invalid_credentials", status: 401 });
  });

  it("with 429 reports the Retry-After, and is retried if it is short", async () => {
    onLogin(429, { message: "Too Many Attempts." }, { "retry-after": "60" });
    expect(await loginError(newSession())).toMatchObject({
      code: "rate_limited",
      status: 429,
      retryAfter: 60_000,
      retryable: true,
    });
    onLogin(429, { message: "Too Many Attempts." }, { "retry-after": "0" });
    onLogin(200, accepted());
    expect((await newSession().login()).user.id).toBe(87);
  });

  it("with 503 is retried", async () => {
    onLogin(503, "maintenance");
    onLogin(200, accepted());
    expect((await newSession().login()).user.id).toBe(87);
  });

  it.each([302, 404, 419])("with %i is unexpected_response, and no redirect is followed", async (status) => {
    onLogin(status, password, { location: `${host}/login` });
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", status });
    expect(showsSecret(error)).toBe(false);
  });

  it.each<[string, nock.Body, string[]]>([
    ["HTML", "<!doctype html><title>Sign in</title>", []],
    ["truncated JSON", JSON.stringify(accepted()).slice(0, -20), []],
    ["more than 1 MiB", JSON.stringify({ ...accepted(), more: "x".repeat(1_048_576) }), []],
    ["a wrong shape", { ...accepted(), user: { id: token1, login: "x" }, expires_at: 1 }, ["user.id", "expires_at"]],
  ])("with 200 and %s is unexpected_response, with paths and without values", async (_, body, paths) => {
    onLogin(200, body, { "content-type": "application/json" });
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", status: 200, paths, retryable: false });
    for (const path of paths) expect((error as Error).message).toContain(path);
    expect(showsSecret(error)).toBe(false);
  });

  it("with a token that cannot be sent in a header is unexpected_response", async () => {
    onLogin(200, accepted(`${token1}\u0000`));
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response" });
    expect(showsSecret(error)).toBe(false);
  });
});

it("the 422 of a data call is returned to the caller", async () => {
  onLogin(200, accepted());
  onAdmins(token1).reply(422, invalid({ page: ["No."] }));
  expect((await newSession().fetch("api/admin/v1/admins")).status).toBe(422);
});

function onLoginAs(word: string, body: nock.Body): void {
  nock(host).post("/api/admin/v1/auth/token", { login: word, password: word }).reply(422, body);
}
