import { describe, expect, it } from "vitest";
import { human, install } from "./installation.ts";

const MINUTE = 60_000;
const _HOUR = 60 * MINUTE;
const stranger = new Blob(["somebody else's face"]);
const FACE = "/auth/video-auth/";
const PASSWORD = "/auth/login/";
const _RENEW = "/auth/video-auth-renew/";

describe("each mode, over sockets", () => {
  it("password: signs in by the password alone", async () => {
    const at = await install({ mode: "password" });
    expect((await at.session({ mode: "password" }).fetch("users/me/")).status).toBe(200);
    expect(at.paths()).toEqual([PASSWORD, "/users/me/"]);
  });

  it("face: signs in with the face alone, without a password", async () => {
    const at = await install({ mode: "face" });
    const session = at.faceSession();
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(at.paths()).toEqual([FACE, "/users/me/"]);
    expect(session.info?.account).toBe(at.server.account.username);
  });

  it("face_or_password: uses the face if it is set, otherwise the password", async () => {
    const at = await install({ mode: "face_or_password" });
    const mode = "face_or_password";
    expect((await at.session({ mode }).fetch("users/me/")).status).toBe(200);
    expect((await at.faceSession({ mode }).fetch("users/me/")).status).toBe(200);
    expect(at.paths()).toEqual([PASSWORD, "/users/me/", FACE, "/users/me/"]);
  });

  it.each(["kept", "replaced"] as const)(
    "face_and_password: sends the face, then the password; the token of the face is %s",
    async (faceToken) => {
      const at = await install({ mode: "face_and_password", faceToken });
      const session = at.session({ mode: "face_and_password", face: at.video() });
      expect((await session.fetch("users/me/")).status).toBe(200);
      expect(at.paths()).toEqual([FACE, PASSWORD, "/users/me/"]);
      await session.logout();
      expect(at.server.sessions).toBe(0);
    },
  );

  it("face_and_password: needs a new face at each login, and from the same device", async () => {
    const at = await install({ mode: "face_and_password" });
    const session = at.session({ mode: "face_and_password", face: at.video() });
    await session.fetch("users/me/");
    at.server.revokeAll();
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(new Set(at.faceTokens()).size).toBe(2);
    const uuids = at.server.requests.flatMap(({ path, body }) =>
      path === PASSWORD ? [(JSON.parse(body) as { uuid: string }).uuid] : [],
    );
    expect(new Set(uuids).size).toBe(1);
  });
});

describe("a rejected face, over sockets", () => {
  it("is not sent again by a call if it signs in alone: session.renew() asks again", async () => {
    const at = await install({ mode: "face" });
    const faces = [stranger, at.video()];
    const session = at.faceSession({ face: () => faces.shift() ?? stranger });
    await expect(session.fetch("users/me/")).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect(session.fetch("users/me/")).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(at.paths()).toEqual([FACE]);
    expect((await session.renew()).account).toBe(at.server.account.username);
  });

  it("prevents the password from being sent if both are required", async () => {
    const at = await install({ mode: "face_and_password" });
    const session = at.session({ mode: "face_and_password", face: stranger });
    await expect(session.login()).rejects.toMatchObject({ code: "second_factor_rejected" });
    expect(at.paths()).toEqual([FACE]);
  });

  it("of another user is signed out immediately", async () => {
    const at = await install({ mode: "face" });
    at.server.addAccount({ username: "second", password: "made-up", face: "somebody else's face" } as never);
    await expect(at.faceSession({ face: stranger }).login()).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect.poll(() => at.server.sessions).toBe(0);
    expect(at.paths()).toEqual([FACE, "/auth/logout/"]);
  });

  it("with a wrong password is invalid_credentials, and is sent once", async () => {
    const at = await install({ mode: "face_and_password" });
    const credentials = { ...at.server.account, password: "made-up-and-wrong" };
    const session = at.session({ mode: "face_and_password", face: at.video(), credentials });
    await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    // The session that the face opened is ended once.
    await expect.poll(() => at.paths()).toEqual([FACE, PASSWORD, "/auth/logout/"]);
  });
});

describe("a face whose response was lost, over sockets", () => {
  it("is sent again by the same device, and one session is left", async () => {
    const at = await install({ mode: "face" });
    at.server.script({ after: true, drop: "before-headers" });
    expect((await at.faceSession().fetch("users/me/")).status).toBe(200);
    expect([at.paths(), at.server.sessions]).toEqual([[FACE, FACE, "/users/me/"], 1]);
  });
});

describe("the inactive token of a face, over sockets", () => {
  it.each([
    ["was lost", { after: true, drop: "before-headers" }],
    ["came in half", { after: true, drop: "in-body" }],
    ["was a 503", { status: 503 }],
  ] as const)("is not sent twice, even if the login's answer %s", async (_, fault) => {
    const at = await install({ mode: "face_and_password" });
    at.server.script({ when: ({ path }) => path === PASSWORD, ...fault });
    const session = at.session({ mode: "face_and_password", face: at.video() });
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(at.paths()).toEqual([FACE, PASSWORD, FACE, PASSWORD, "/users/me/"]);
    expect(new Set(at.faceTokens()).size).toBe(2);
    expect(at.server.sessions).toBe(1);
  });

  it("is replaced by asking the person again", async () => {
    const at = await install({ mode: "face_and_password" });
    at.server.script({ when: ({ path }) => path === PASSWORD, drop: "before-headers" });
    const somebody = human(at.video());
    await at.session({ mode: "face_and_password", face: somebody.face }).login();
    expect([somebody.asked, new Set(at.faceTokens()).size]).toEqual([2, 2]);
  });
});

describe("a missing license, over sockets", () => {
  it.each([401, 403] as const)("is account_unavailable at each step (%i)", async (licenseError) => {
    const expected = { code: "account_unavailable", reason: "license", status: licenseError };
    const alone = await install({ mode: "face", licenseError });
    await expect(alone.faceSession().login()).rejects.toMatchObject(expected);
    const first = await install({ mode: "face_and_password", licenseError });
    const both = { mode: "face_and_password", face: first.video() } as const;
    await expect(first.session(both).login()).rejects.toMatchObject(expected);
    const second = await install({ mode: "face_and_password" });
    const body = JSON.stringify({ code: "LICENSE_ERROR", desc: "No." });
    second.server.script({ when: ({ path }) => path === PASSWORD, status: licenseError, body });
    await expect(second.session(both).login()).rejects.toMatchObject(expected);
    await expect.poll(() => second.paths()).toEqual([FACE, PASSWORD, "/auth/logout/"]);
    expect([alone.paths(), first.paths()]).toEqual([[FACE], [FACE]]);
  });
});
