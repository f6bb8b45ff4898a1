import { memoryStore, unattended } from "@vms/core";
import { describe, expect, it, vi } from "vitest";
import { human, install } from "./served.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const stranger = new Blob(["somebody else's face"]);
const FACE = "/auth/video-auth/";
const PASSWORD = "/auth/login/";
const RENEW = "/auth/video-auth-renew/";

describe("each mode, over sockets", () => {
  it("password: signs in by the password alone", async () => {
    const at = await install({ mode: "password" });
    expect((await at.session({ mode: "password" }).fetch("users/me/")).status).toBe(200);
    expect(at.paths()).toEqual([PASSWORD, "/users/me/"]);
  });

  it("face: signs in by the face alone, without a password", async () => {
    const at = await install({ mode: "face" });
    const session = at.faceSession();
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(at.paths()).toEqual([FACE, "/users/me/"]);
    expect(session.info?.account).toBe(at.server.account.username);
  });

  it("face_or_password: uses the face where it is given, else the password", async () => {
    const at = await install({ mode: "face_or_password" });
    const mode = "face_or_password";
    expect((await at.session({ mode }).fetch("users/me/")).status).toBe(200);
    expect((await at.faceSession({ mode }).fetch("users/me/")).status).toBe(200);
    expect(at.paths()).toEqual([PASSWORD, "/users/me/", FACE, "/users/me/"]);
  });

  it.each(["kept", "replaced"] as const)(
    "face_and_password: shows the face, then sends the password; the token of the face is %s",
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

describe("a face that is refused, over sockets", () => {
  it("is not shown again by itself where it signs in alone: session.renew() asks again", async () => {
    const at = await install({ mode: "face" });
    const faces = [stranger, at.video()];
    const session = at.faceSession({ face: () => faces.shift() ?? stranger });
    await expect(session.fetch("users/me/")).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect(session.fetch("users/me/")).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(at.paths()).toEqual([FACE]);
    expect((await session.renew()).account).toBe(at.server.account.username);
  });

  it("keeps the password from being sent where both are wanted", async () => {
    const at = await install({ mode: "face_and_password" });
    const session = at.session({ mode: "face_and_password", face: stranger });
    await expect(session.login()).rejects.toMatchObject({ code: "second_factor_rejected" });
    expect(at.paths()).toEqual([FACE]);
  });

  it("is somebody else's: that one's session is ended at once", async () => {
    const at = await install({ mode: "face" });
    at.server.addAccount({ username: "second", password: "made-up", face: "somebody else's face" } as never);
    await expect(at.faceSession({ face: stranger }).login()).rejects.toMatchObject({ code: "invalid_credentials" });
    expect([at.paths(), at.server.sessions]).toEqual([[FACE, "/auth/logout/"], 0]);
  });

  it("is right, and the password is wrong: invalid_credentials, once", async () => {
    const at = await install({ mode: "face_and_password" });
    const credentials = { ...at.server.account, password: "made-up-and-wrong" };
    const session = at.session({ mode: "face_and_password", face: at.video(), credentials });
    await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    // What the face had opened is ended.
    expect(at.paths()).toEqual([FACE, PASSWORD, "/auth/logout/"]);
  });
});

describe("a face whose answer was lost, over sockets", () => {
  it("is shown again, by the same device: one session is left", async () => {
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
  ] as const)("is not sent twice, also where the login's answer %s", async (_, fault) => {
    const at = await install({ mode: "face_and_password" });
    at.server.script({ when: ({ path }) => path === PASSWORD, ...fault });
    const session = at.session({ mode: "face_and_password", face: at.video() });
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(at.paths()).toEqual([FACE, PASSWORD, FACE, PASSWORD, "/users/me/"]);
    expect(new Set(at.faceTokens()).size).toBe(2);
    expect(at.server.sessions).toBe(1);
  });

  it("means that a human is asked again", async () => {
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
    expect([alone.paths(), first.paths(), second.paths()]).toEqual([[FACE], [FACE], [FACE, PASSWORD, "/auth/logout/"]]);
  });
});

describe("a renewal in the background, over sockets", () => {
  const behaviour = { mode: "face", lifetime: 6 * HOUR } as const;
  const early = { renewBefore: 30 * MINUTE };

  it.each(["face", "face_and_password"] as const)(
    "prolongs the same token, with one login in all: %s",
    async (mode) => {
      const at = await install({ ...behaviour, mode });
      const session = at.session({ ...early, mode, face: unattended(() => at.video()) });
      const { headers } = await session.authorization();
      at.server.clock.advance(5.75 * HOUR);
      const renewed = new Promise((resolve) => session.on("renewed", resolve));
      await session.fetch("users/me/");
      expect(await renewed).toMatchObject({ by: "extend" });
      at.server.clock.advance(5 * HOUR);
      expect((await session.fetch("users/me/")).status).toBe(200);
      expect((await session.authorization()).headers).toEqual(headers);
      expect([at.server.logins, at.server.sessions]).toEqual([1, 1]);
    },
  );

  it("asks no human: the session goes on to its end, and the next call asks", async () => {
    const at = await install(behaviour);
    const somebody = human(at.video());
    const session = at.faceSession({ ...early, face: somebody.face });
    await session.fetch("users/me/");
    at.server.clock.advance(5.75 * HOUR);
    at.server.clearRequests();
    const failed = new Promise((resolve) => session.on("renewal_failed", resolve));
    await session.fetch("users/me/");
    expect(await failed).toMatchObject({ error: { code: "second_factor_required", methods: [] } });
    at.server.clock.advance(10 * MINUTE);
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect([somebody.asked, at.paths()]).toEqual([1, ["/users/me/", "/users/me/"]]);
    at.server.clock.advance(5 * MINUTE);
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect([somebody.asked, at.server.logins]).toEqual([2, 2]);
  });

  it("leaves the live session alone where the face is another by now", async () => {
    const at = await install(behaviour);
    let video = at.video();
    const session = at.faceSession({ ...early, face: unattended(() => video) });
    await session.fetch("users/me/");
    at.server.clock.advance(5.75 * HOUR);
    video = stranger;
    const failed = new Promise((resolve) => session.on("renewal_failed", resolve));
    await session.fetch("users/me/");
    expect(await failed).toMatchObject({ error: { code: "invalid_credentials" } });
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(at.paths().filter((path) => path.startsWith("/auth/"))).toEqual([FACE, RENEW, FACE]);
  });

  it("is not there for a session by password: that signs in anew", async () => {
    const at = await install({ lifetime: 6 * HOUR });
    const session = at.session(early);
    await session.fetch("users/me/");
    at.server.clock.advance(5.75 * HOUR);
    const renewed = new Promise((resolve) => session.on("renewed", resolve));
    await session.fetch("users/me/");
    expect(await renewed).toMatchObject({ by: "login" });
  });
});

describe("a human who is asked for the face", () => {
  it("is asked once by two sessions that share a store", async () => {
    const at = await install({ mode: "face" });
    const somebody = human();
    const store = memoryStore();
    const sessions = [1, 2].map(() => at.faceSession({ store, face: somebody.face }));
    const calls = sessions.map((session) => session.fetch("users/me/"));
    await somebody.question;
    somebody.show(at.video());
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200]);
    expect([somebody.asked, at.server.logins]).toEqual([1, 1]);
  });

  it("may take longer than `timeout`, also for another session that waits for the store's lock", async () => {
    const at = await install({ mode: "face" });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let asked = 0;
      const face = async () => {
        asked++;
        await vi.advanceTimersByTimeAsync(10 * MINUTE);
        return at.video();
      };
      // Without a socket, whose own timers would run too.
      const { fetch, baseUrl } = at.server;
      const options = { face, fetch, baseUrl, store: memoryStore(), timeout: 1000 };
      await Promise.all([at.faceSession(options).login(), at.faceSession(options).login()]);
      expect([asked, at.server.logins]).toEqual([1, 1]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is told when the only caller leaves, and nothing is sent", async () => {
    const at = await install({ mode: "face" });
    const somebody = human();
    const leave = new AbortController();
    const session = at.faceSession({ face: somebody.face });
    const call = session.fetch("users/me/", { signal: leave.signal });
    await somebody.question;
    const reason = new Error("enough");
    leave.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(somebody.signal?.aborted).toBe(true);
    somebody.show(at.video());
    expect(at.paths()).toEqual([]);
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(somebody.asked).toBe(2);
  });

  it("is told of a sign-out, after which nothing is sent", async () => {
    const at = await install({ mode: "face" });
    const somebody = human();
    const session = at.faceSession({ face: somebody.face });
    const call = session.fetch("users/me/");
    call.catch(() => {});
    await somebody.question;
    await session.logout();
    await expect(call).rejects.toMatchObject({ code: "session_closed" });
    expect(somebody.signal?.aborted).toBe(true);
    somebody.show(at.video());
    expect(at.paths()).toEqual([]);
  });

  it("may fail, and the call fails with that", async () => {
    const at = await install({ mode: "face" });
    const broken = new Error("no camera");
    const face = () => Promise.reject(broken);
    await expect(at.faceSession({ face }).fetch("users/me/")).rejects.toBe(broken);
    expect(at.paths()).toEqual([]);
  });
});
