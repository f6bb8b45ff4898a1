import { loginError, useNock } from "@vms-tooling/testing";
import type nock from "nock";
import { describe, expect, it } from "vitest";
import { newSession, onDologin, onLogin, password, setsVa, showsSecret, username } from "./vendor.ts";

useNock();

describe("the error of a login", () => {
  it("is invalid_credentials for a 401, and is thrown again until `renew()`", async () => {
    onLogin(401, { error: `${username}:${password}` });
    const session = newSession();
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "invalid_credentials", status: 401, vendor: "alta", retryable: false });
    expect(showsSecret(error)).toBe(false);
    expect(await loginError(session)).toBe(error);
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);

    onLogin(200, {}, setsVa());
    expect((await session.renew()).account).toBe(username);
  });

  it("is invalid_credentials for a 401 that sets `va`", async () => {
    onLogin(401, {}, setsVa());
    expect(await loginError(newSession())).toMatchObject({ code: "invalid_credentials" });
  });

  it.each([
    [404, "<html>no such deployment</html>"],
    [400, `{"error": "${password}`],
    [418, { error: password }],
  ])("is unexpected_response for a status %i, without the body", async (status, body) => {
    onLogin(status, body as nock.Body);
    const error = await loginError(newSession());
    expect(error).toMatchObject({ code: "unexpected_response", status });
    expect(showsSecret(error)).toBe(false);
  });

  it("is unexpected_response for more than 1 MiB, even if `va` is set", async () => {
    onDologin(200, "x".repeat(1_048_577), setsVa());
    expect(await loginError(newSession())).toMatchObject({ code: "unexpected_response", status: 200 });
  });
});
