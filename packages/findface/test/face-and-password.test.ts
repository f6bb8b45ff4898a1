import { allRequested, loginError, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  accepted,
  basic,
  face,
  faceToken,
  host,
  newSession,
  onFace,
  onMe,
  refusal,
  showsSecret,
  token1,
  user,
  uuid,
} from "./vendor.ts";

useNock();

const both = { face: new Blob([face]), mode: "face_and_password" } as const;

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

describe("signing in by face and password", () => {
  it("sends the inactive token of the face with the password, and uses the login's token", async () => {
    const shown = onFace("video-auth", 200, { token: faceToken });
    onPassword(faceToken, 200, accepted());
    onMe(token1).reply(200, user);
    const session = newSession(both);
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(shown.fields).toEqual({ uuid, mobile: "false", device_info: "{}" });
    expect(shown.video?.name).toBe("face");
  });

  it("sends no password if the face is not recognized: second_factor_rejected", async () => {
    onFace("video-auth", 401, refusal("UNAUTHORIZED", "The face is not known."));
    const session = newSession(both);
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "second_factor_rejected", status: 401, retryable: false });
    expect((error as Error).message).toContain("The face is not known.");
    expect(await loginError(session)).toBe(error);
  });

  it("is invalid_credentials if the password is rejected, and the token is sent once", async () => {
    onFace("video-auth", 200, accepted(faceToken));
    onPassword(faceToken, 401, refusal("UNAUTHORIZED", `Invalid token ${faceToken}.`));
    // The session that the face opened is signed out in the background.
    onLogout(faceToken).times(3).reply(500);
    const error = await loginError(newSession(both));
    await allRequested();
    expect(error).toMatchObject({ code: "invalid_credentials" });
    expect((error as Error).message).toMatch(/password or the token of the face/);
    expect(showsSecret(error)).toBe(false);
  });

  it.each([
    ["a 503", (scope: nock.Interceptor) => scope.reply(503)],
    [
      "no answer",
      (scope: nock.Interceptor) => scope.replyWithError(Object.assign(new Error(), { code: "ECONNRESET" })),
    ],
  ])("sends the face again after %s to the password, and no token twice", async (_, fail) => {
    onFace("video-auth", 200, accepted(faceToken));
    fail(nock(host).post("/auth/login/", (body) => body.video_auth_token === faceToken));
    onFace("video-auth", 200, accepted("canary-face-token-2"));
    onPassword("canary-face-token-2", 200, accepted());
    expect((await newSession(both).login()).user).toEqual(user);
  });

  it.each([
    ["failed three times", 503, 3],
    ["was of another shape", 200, 1],
  ])("ends the session of the last face, once, if the response to the password %s", async (_, status, times) => {
    for (let count = 1; count <= times; count++) {
      onFace("video-auth", 200, accepted(`canary-face-token-${count}`));
      onPassword(`canary-face-token-${count}`, status, {});
    }
    onLogout(`canary-face-token-${times}`)
      .matchHeader("accept-language", "es")
      .matchHeader("content-language", "es")
      .reply(204);
    const code = status === 200 ? "unexpected_response" : "vendor_unavailable";
    expect(await loginError(newSession({ ...both, language: "es" }))).toMatchObject({ code, status });
    await allRequested();
  });

  it("sends no token twice even if the vendor returns the same one again", async () => {
    onFace("video-auth", 200, accepted(faceToken));
    onPassword(faceToken, 503);
    onFace("video-auth", 200, accepted(faceToken));
    onLogout(faceToken).reply(204);
    const error = await loginError(newSession(both));
    await allRequested();
    expect(error).toMatchObject({ code: "second_factor_required", methods: [] });
    expect(showsSecret(error)).toBe(false);
  });

  it("is second_factor_required if the installation requires a face and none is set", async () => {
    nock(host)
      .post("/auth/login/", { uuid, mobile: false, device_info: {} })
      .reply(400, refusal("BAD_PARAM", "This field is required.", { param: "video_auth_token" }));
    const session = newSession();
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "second_factor_required", methods: [], status: 400 });
    expect((error as Error).message).toContain("`face`");
    expect(await loginError(session)).toBe(error);
  });
});
