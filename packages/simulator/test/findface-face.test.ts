import { describe, expect, test } from "vitest";
import type { FindFaceServer } from "../src/index.ts";
import { create, day, get, type LoginAnswer, login, post, start } from "./findface.ts";
import { call } from "./requests.ts";

describe("FindFace's face", () => {
  const video = (server: FindFaceServer, fields: Record<string, string> = { uuid: "device-1" }, face?: string) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    if (face !== "none") body.set("video", new Blob([face ?? server.account.face!]), "face.webm");
    return { method: "POST", body };
  };
  const showFace = (server: FindFaceServer, fields?: Record<string, string>, face?: string) =>
    call(server, "auth/video-auth/", video(server, fields, face));

  test.for(["face", "face_or_password"] as const)("signs in alone in the mode %s", async (mode) => {
    const server = create({ mode });
    const answer = (await (
      await showFace(server, { uuid: "x", mobile: "true", device_info: '{"os":"test"}' })
    ).json()) as LoginAnswer;
    expect(answer.user.name).toBe("operator");
    expect((await get(server, "users/me/", { authorization: `Token ${answer.token}` })).status).toBe(200);
    expect((await login(server)).status).toBe(mode === "face" ? 401 : 200);
  });

  test("returns 401 for an unknown face, and to any face in the mode password", async () => {
    expect((await showFace(create({ mode: "face" }), undefined, "a stranger")).status).toBe(401);
    expect((await showFace(create())).status).toBe(401);
  });

  test("returns 400 if a part is missing or wrong", async () => {
    const server = create({ mode: "face" });
    const param = async (response: Response) => [response.status, ((await response.json()) as { param: string }).param];
    expect(await param(await showFace(server, {}))).toEqual([400, "uuid"]);
    expect(await param(await showFace(server, { uuid: "x", mobile: "maybe" }))).toEqual([400, "mobile"]);
    expect(await param(await showFace(server, { uuid: "x", device_info: "[" }))).toEqual([400, "device_info"]);
    expect(await param(await showFace(server, { uuid: "x" }, "none"))).toEqual([400, "video"]);
    expect(await param(await post(server, "auth/video-auth/", {}))).toEqual([400, "uuid"]);
  });

  test("with a password returns a single-use token that is inactive until the password arrives", async () => {
    const server = create({ mode: "face_and_password" });
    const { token } = (await (await showFace(server)).json()) as LoginAnswer;
    const headers = { authorization: `Token ${token}` };
    expect((await get(server, "users/me/", headers)).status).toBe(401);
    expect([server.sessions, server.logins, server.loginAttempts]).toEqual([0, 0, 0]);
    const body = { uuid: "device-1", video_auth_token: token };
    const answer = (await (await login(server, body)).json()) as LoginAnswer;
    expect((await get(server, "users/me/", { authorization: `Token ${answer.token}` })).status).toBe(200);
    expect([server.sessions, server.logins, server.loginAttempts]).toEqual([1, 1, 1]);
    expect((await login(server, body)).status).toBe(401);
  });

  test("alone keeps the device's older session if a password is also required", async () => {
    const server = create({ mode: "face_and_password" });
    const faceToken = async () => ((await (await showFace(server)).json()) as LoginAnswer).token;
    const first = await faceToken();
    await login(server, { uuid: "device-1", video_auth_token: first });
    const second = await faceToken();
    expect((await get(server, "users/me/", { authorization: `Token ${first}` })).status).toBe(200);
    await login(server, { uuid: "device-1", video_auth_token: second });
    expect((await get(server, "users/me/", { authorization: `Token ${first}` })).status).toBe(401);
    expect(server.sessions).toBe(1);
  });

  test("can be followed by another token after the password", async () => {
    const server = create({ mode: "face_and_password", faceToken: "replaced" });
    const { token } = (await (await showFace(server)).json()) as LoginAnswer;
    const body = { uuid: "device-1", video_auth_token: token };
    const answer = (await (await login(server, body)).json()) as LoginAnswer;
    expect(answer.token).not.toBe(token);
    expect((await get(server, "users/me/", { authorization: `Token ${answer.token}` })).status).toBe(200);
    expect((await get(server, "users/me/", { authorization: `Token ${token}` })).status).toBe(401);
    expect([server.sessions, (await login(server, body)).status]).toEqual([1, 401]);
  });

  test("is required in the mode face_and_password", async () => {
    const server = create({ mode: "face_and_password" });
    expect(await (await login(server)).json()).toMatchObject({ code: "BAD_PARAM", param: "video_auth_token" });
    expect((await login(server, { uuid: "x", video_auth_token: "made-up" })).status).toBe(401);
  });

  test("extends the session without a new token", async () => {
    const server = create({ mode: "face" });
    const { token } = (await (await showFace(server)).json()) as LoginAnswer;
    const headers = { authorization: `Token ${token}` };
    server.clock.advance(100 * day);
    const renew = (face?: string) => call(server, "auth/video-auth-renew/", { ...video(server, {}, face), headers });
    const answer: unknown = await (await renew()).json();
    expect(answer).toEqual({
      token_expiration_datetime: new Date(start + 280 * day).toISOString(),
      user: expect.objectContaining({ name: "operator" }),
    });
    server.clock.advance(100 * day);
    expect((await get(server, "users/me/", headers)).status).toBe(200);
    expect((await renew("a stranger")).status).toBe(401);
    expect((await renew("none")).status).toBe(400);
    expect((await call(server, "auth/video-auth-renew/", video(server))).status).toBe(401);
  });

  test("is rejected for a blocked device and without a license", async () => {
    const server = create({ mode: "face" });
    server.blockDevice("device-1");
    expect((await showFace(server)).status).toBe(401);
    expect((await showFace(create({ mode: "face", licenseError: 403 }))).status).toBe(403);
  });
});
