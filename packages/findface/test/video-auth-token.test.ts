import { loginError, testClock, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { accepted, faceToken, host, newSession, onMe, refusal, START, showsSecret, token1, uuid } from "./vendor.ts";

useNock();

/** Expects one login with the token of a face. */
function onFaceLogin(token: string): nock.Interceptor {
  return nock(host).post("/auth/login/", { uuid, video_auth_token: token, mobile: false, device_info: {} });
}

describe("videoAuthToken as a value", () => {
  it("is sent with a login", async () => {
    onFaceLogin(faceToken).reply(200, accepted());
    expect((await newSession({ videoAuthToken: faceToken }).login()).account).toBe("operator");
  });

  it("is not sent with a second login: that fails with second_factor_required, and nothing is sent", async () => {
    onFaceLogin(faceToken).reply(200, accepted());
    const session = newSession({ videoAuthToken: faceToken });
    await session.login();
    onMe(token1).reply(401, refusal("UNAUTHORIZED", "Invalid token."));
    const error = await session.fetch("users/me/").catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "second_factor_required", methods: [], retryable: false });
    expect((error as Error).message).toContain("videoAuthToken");
    expect(showsSecret(error)).toBe(false);
    expect(await loginError(session)).toBe(error);
  });

  it.each([
    [503, {}, { code: "vendor_unavailable", status: 503 }],
    [429, { "retry-after": "1" }, { code: "rate_limited", status: 429, retryAfter: 1000 }],
  ])(
    "can be used up by a login that failed with %i, so the login is not retried",
    async (status, headers, expected) => {
      onFaceLogin(faceToken).reply(status, {}, headers);
      const { now, skip } = testClock(START);
      const session = newSession({ videoAuthToken: faceToken, now });
      const error = await loginError(session);
      expect(error).toMatchObject({ ...expected, retryable: false });
      skip();
      expect((error as Error).message).toContain("videoAuthToken");
      expect(await loginError(session)).toMatchObject({ code: "second_factor_required" });
    },
  );

  it("can be used up by a login without a response, so the login is not retried", async () => {
    onFaceLogin(faceToken).replyWithError(Object.assign(new Error(faceToken), { code: "ECONNRESET" }));
    const error = await loginError(newSession({ videoAuthToken: faceToken }));
    expect(error).toMatchObject({ code: "vendor_unavailable", retryable: false });
    expect(showsSecret(error)).toBe(false);
  });

  it("is removed from an error if the vendor quotes it", async () => {
    onFaceLogin(faceToken).reply(400, refusal("BAD_PARAM", `Unknown: ${faceToken}`, { param: "video_auth_token" }));
    const error = await loginError(newSession({ videoAuthToken: faceToken }));
    expect(error).toMatchObject({ code: "invalid_request", fields: { video_auth_token: ["Unknown: [redacted]"] } });
    expect(showsSecret(error)).toBe(false);
  });
});

describe("videoAuthToken as a function", () => {
  it("is called for each attempt of a login", async () => {
    let asked = 0;
    const session = newSession({ videoAuthToken: async () => `face-${++asked}` });
    onFaceLogin("face-1").reply(503);
    onFaceLogin("face-2").reply(200, accepted());
    await session.login();
    onFaceLogin("face-3").reply(200, accepted());
    await session.renew();
    expect(asked).toBe(3);
  });

  it("can return undefined for a login without a token", async () => {
    nock(host).post("/auth/login/", { uuid, mobile: false, device_info: {} }).reply(200, accepted());
    expect((await newSession({ videoAuthToken: () => undefined }).login()).account).toBe("operator");
  });

  it("must not return the same token twice", async () => {
    onFaceLogin(faceToken).reply(503);
    const error = await loginError(newSession({ videoAuthToken: () => faceToken }));
    expect(error).toMatchObject({ code: "second_factor_required" });
  });

  it.each(["", 7])("must return a string: %o", async (given) => {
    const error = await loginError(newSession({ videoAuthToken: () => given as string }));
    expect(error).toMatchObject({ code: "invalid_options" });
    expect((error as Error).message).toContain("`videoAuthToken`");
  });
});
