import { loginError, useNock } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { newSession, onLogin, password, refused, showsSecret, username } from "./vendor.ts";

useNock();

describe("a rejected login", () => {
  it.each([200, 400, 401, 403])("is invalid_credentials for status 40, here at HTTP %i", async (http) => {
    onLogin(http, refused("40", "Invalid login information."));
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "invalid_credentials", vendor: "alertsite", status: http, retryable: false });
    expect(error).toMatchObject({ message: expect.stringMatching(/^\[@vms\/alertsite\] .*40.*`credentials`/) });
    expect(showsSecret(error)).toBe(false);
  });

  it("is invalid_credentials for status 40 as a number", async () => {
    onLogin(200, refused(40, "Invalid login information."));
    expect(await loginError(newSession())).toMatchObject({ code: "invalid_credentials" });
  });

  it("is invalid_credentials for HTTP 401 without a status", async () => {
    onLogin(401, "");
    expect(await loginError(newSession())).toMatchObject({ code: "invalid_credentials", status: 401 });
  });

  it("is sent once: the next call fails with the same error without a request", async () => {
    onLogin(200, refused("40", "Invalid login information."));
    const session = newSession();
    const first = await loginError(session);
    await expect(session.fetch("locations")).rejects.toBe(first);
  });

  it("is account_unavailable, inactive, for status 47", async () => {
    onLogin(200, refused("47", "Account not activated."));
    expect(await loginError(newSession())).toMatchObject({ code: "account_unavailable", reason: "inactive" });
  });

  it("is invalid_request with the vendor's message for any other status", async () => {
    onLogin(200, refused("64", "Not entitled to the API."));
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "invalid_request", retryable: false, fields: {} });
    expect(error).toMatchObject({ message: expect.stringContaining('status 64: "Not entitled to the API."') });
  });

  it("contains the shortened message of the vendor, without secrets and control characters", async () => {
    onLogin(200, refused("99", `Bad\r\n\u001b[31m ${password} of ${username} ${"x".repeat(2_000)}`));
    const error = (await loginError(newSession())) as Error;
    expect(error.message).toContain("[redacted]");
    expect(error.message).not.toContain(username);
    expect(error.message).not.toMatch(/\p{Cc}/u);
    expect(error.message.length).toBeLessThan(600);
    expect(showsSecret(error)).toBe(false);
  });

  it("is invalid_request without a message if the vendor sends none", async () => {
    onLogin(200, { metadata: { status: "99", message: { text: password } } });
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "invalid_request", message: expect.stringContaining("status 99.") });
    expect(showsSecret(error)).toBe(false);
  });

  it("is rate_limited for HTTP 429, with the vendor's Retry-After", async () => {
    onLogin(429, refused("12", "Slow down."), { "retry-after": "90" });
    expect(await loginError(newSession())).toMatchObject({ code: "rate_limited", retryAfter: 90_000, status: 429 });
  });

  it("is vendor_unavailable for any body if the server fails each time", async () => {
    onLogin(500, "oops");
    onLogin(502, "<html>");
    onLogin(503, refused("12", "Down."));
    expect(await loginError(newSession())).toMatchObject({ code: "vendor_unavailable", status: 503, retryable: true });
  });

  it("is unexpected_response for an HTTP status that is not documented", async () => {
    onLogin(404, "<html>");
    expect(await loginError(newSession())).toMatchObject({ code: "unexpected_response", status: 404 });
  });
});
