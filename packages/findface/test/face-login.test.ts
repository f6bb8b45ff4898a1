import { allRequested, loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import type { FaceCredentials } from "../src/index.ts";
import {
  accepted,
  basic,
  face,
  faceToken,
  host,
  newFaceSession,
  newSession,
  onFace,
  onMe,
  refusal,
  START,
  showsSecret,
  token1,
  token2,
  user,
  uuid,
} from "./vendor.ts";

useNock();

const both = { face: new Blob([face]), mode: "face_and_password" } as const;
const DAY = 86_400_000;

/** Expects one login by password with the token of a face. */
function onPassword(token: string, status: number, body?: nock.Body): void {
  nock(host)
    .post("/auth/login/", { uuid, video_auth_token: token, mobile: false, device_info: {} })
    .matchHeader("authorization", `Basic ${basic}`)
    .reply(status, body);
}

/** Expects one sign-out, with the documented headers. */
function onLogout(token: string): nock.Interceptor {
  return nock(host).post("/auth/logout/", "").matchHeader("authorization", `Token ${token}`);
}

describe("signing in by the face alone", () => {
  it("posts the video and the device as a form, without a password, and returns the documented user", async () => {
    const shown = onFace("video-auth", 200, accepted());
    onMe(token1).reply(200, user);
    const session = newFaceSession({ mobile: true, deviceInfo: { model: "gate 3" }, language: "es" });
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(shown.fields).toEqual({ uuid, mobile: "true", device_info: '{"model":"gate 3"}' });
    expect([shown.video?.name, await shown.video?.text()]).toEqual(["face.webm", face]);
    expect(shown.headers).toMatchObject({ "accept-language": "es", "content-language": "es" });
    expect(shown.headers).not.toHaveProperty("authorization");
    expect(session.info).toMatchObject({ account: user.name, user, expiresAt: Date.UTC(2030, 5, 30) });
    expect(showsSecret(session)).toBe(false);
  });

  it("accepts credentials from a function, with or without a password, and a user name with a colon", async () => {
    for (const credentials of [{ username: user.name }, { username: user.name, password: "" }]) {
      onFace("video-auth", 200, accepted());
      expect((await newFaceSession({ credentials: async () => credentials }).login()).account).toBe(user.name);
    }
    onFace("video-auth", 200, { ...accepted(), user: { ...user, name: "a:b" } });
    expect((await newFaceSession({ credentials: { username: "a:b" } }).login()).account).toBe("a:b");
  });

  it("asks for no password", async () => {
    const password = () => Promise.reject(new Error("the password was asked for"));
    onFace("video-auth", 200, accepted());
    expect((await newFaceSession({ credentials: { username: user.name, password } }).login()).user).toEqual(user);
  });

  it.each([{ username: "" }, {}, null, "operator"])("requires a user name: not %j", async (credentials) => {
    const error = await loginError(newFaceSession({ credentials: () => credentials as FaceCredentials }));
    expect(error).toMatchObject({ code: "invalid_options" });
    expect((error as Error).message).toContain("`username`");
  });

  it("fails if the face is another user's, and signs that session out", async () => {
    onFace("video-auth", 200, { ...accepted(), user: { ...user, name: "somebody else" } });
    onLogout(token1).reply(204);
    const session = newFaceSession();
    const error = await loginError(session);
    await allRequested();
    expect(error).toMatchObject({ code: "invalid_credentials" });
    expect(showsSecret(error)).toBe(false);
    expect(session.info).toBeUndefined();
  });

  it("fails with invalid_credentials for a 401, again and without a request until session.renew()", async () => {
    onFace("video-auth", 401, refusal("UNAUTHORIZED", "The face is not known."));
    const session = newFaceSession();
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "invalid_credentials", status: 401, retryable: false });
    expect((error as Error).message).toMatch(
      /face.*The vendor's message: The face is not known\. Check `face`, then call `renew\(\)`\. The login was refused at /,
    );
    expect((error as Error).message).not.toContain("password");
    expect(await loginError(session)).toBe(error);
    onFace("video-auth", 200, accepted());
    expect((await session.renew()).user).toEqual(user);
  });

  it("fails with invalid_request for a 400, with the vendor's text for each field", async () => {
    onFace("video-auth", 400, refusal("BAD_PARAM", "No frames.", { param: "video" }));
    expect(await loginError(newFaceSession())).toMatchObject({
      code: "invalid_request",
      fields: { video: ["No frames."] },
    });
  });

  it("fails with invalid_request for a 413, because the video is too large", async () => {
    onFace("video-auth", 413, "<html>413</html>");
    expect(await loginError(newFaceSession())).toMatchObject({
      code: "invalid_request",
      status: 413,
      fields: { video: [] },
    });
  });

  it("fails with unexpected_response for a response of another shape, with the paths", async () => {
    onFace("video-auth", 200, { token: token1, user });
    const error = await loginError(newFaceSession());
    expect(error).toMatchObject({ code: "unexpected_response", paths: ["token_expiration_datetime"] });
    expect(showsSecret(error)).toBe(false);
  });
});

describe("a missing license", () => {
  const missing = refusal("LICENSE_ERROR", "The license has expired.");
  const expected = { code: "account_unavailable", reason: "license" };

  it.each([401, 403])("is not reported as a wrong face or password, at each step (%i)", async (status) => {
    onFace("video-auth", status, missing);
    expect(await loginError(newFaceSession())).toMatchObject({ ...expected, status });
    onFace("video-auth", status, missing);
    expect(await loginError(newSession(both))).toMatchObject({ ...expected, status });
    onFace("video-auth", 200, accepted(faceToken));
    onPassword(faceToken, status, missing);
    onLogout(faceToken).reply(204);
    expect(await loginError(newSession(both))).toMatchObject({ ...expected, status });
    await allRequested();
  });
});

describe("a renewal in the background", () => {
  /** A session whose renewal is due, and the result of the renewal. */
  async function due() {
    let now = START;
    const session = newFaceSession({ now: () => now, renewBefore: DAY });
    const outcome = Promise.withResolvers<unknown>();
    session.on("renewed", outcome.resolve);
    session.on("renewal_failed", outcome.resolve);
    onFace("video-auth", 200, accepted(token1, "2030-06-30T00:00:00Z"));
    await session.login();
    now = Date.UTC(2030, 5, 29, 12);
    onMe(token1).reply(200, user);
    return { session, call: () => session.fetch("users/me/"), outcome: outcome.promise };
  }

  it("sends the face with the token, which stays the same: the response has a new expiry and the user", async () => {
    const { session, call, outcome } = await due();
    const renamed = { ...user, real_name: "BBBBBB" };
    const end = "2030-12-31T00:00:00Z";
    const shown = onFace("video-auth-renew", 200, { token_expiration_datetime: end, user: renamed });
    await call();
    expect(await outcome).toMatchObject({ type: "renewed", by: "extend" });
    expect(shown.headers).toMatchObject({ authorization: `Token ${token1}` });
    expect([shown.fields, await shown.video?.text()]).toEqual([{}, face]);
    expect(session.info).toMatchObject({ expiresAt: Date.parse(end), user: renamed });
    onMe(token1).reply(200, user);
    await call();
  });

  it.each<[string, number, nock.Body]>([
    ["the face is not recognized", 401, refusal("UNAUTHORIZED", "The face is not known.")],
    ["the license is missing", 403, refusal("LICENSE_ERROR", "No.")],
    ["the answer is of another shape", 200, { user }],
  ])("signs in if the extension fails: %s", async (_, status, body) => {
    const { call, outcome } = await due();
    onFace("video-auth-renew", status, body);
    onFace("video-auth", 200, accepted(token2, "2030-12-31T00:00:00Z"));
    await call();
    expect(await outcome).toMatchObject({ type: "renewed", by: "login" });
    onMe(token2).reply(200, user);
    expect((await call()).status).toBe(200);
  });
});
