import { memoryStore, nonInteractive } from "@vms/core";
import { describe, expect, it, vi } from "vitest";
import { human, install } from "./installation.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const stranger = new Blob(["somebody else's face"]);
const FACE = "/auth/video-auth/";
const _PASSWORD = "/auth/login/";
const RENEW = "/auth/video-auth-renew/";

describe("a renewal in the background, over sockets", () => {
  const behaviour = { mode: "face", lifetime: 6 * HOUR } as const;
  const early = { renewBefore: 30 * MINUTE };

  it.each(["face", "face_and_password"] as const)(
    "extends the same token, with one login in total: %s",
    async (mode) => {
      const at = await install({ ...behaviour, mode });
      const session = at.session({ ...early, mode, face: nonInteractive(() => at.video()) });
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

  it("asks no person: the session is used until it expires, and the next call asks", async () => {
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

  it("keeps the session if the face is now another user's", async () => {
    const at = await install(behaviour);
    let video = at.video();
    const session = at.faceSession({ ...early, face: nonInteractive(() => video) });
    await session.fetch("users/me/");
    at.server.clock.advance(5.75 * HOUR);
    video = stranger;
    const failed = new Promise((resolve) => session.on("renewal_failed", resolve));
    await session.fetch("users/me/");
    expect(await failed).toMatchObject({ error: { code: "invalid_credentials" } });
    expect((await session.fetch("users/me/")).status).toBe(200);
    expect(at.paths().filter((path) => path.startsWith("/auth/"))).toEqual([FACE, RENEW, FACE]);
  });

  it("signs in if the session was opened by password", async () => {
    const at = await install({ lifetime: 6 * HOUR });
    const session = at.session(early);
    await session.fetch("users/me/");
    at.server.clock.advance(5.75 * HOUR);
    const renewed = new Promise((resolve) => session.on("renewed", resolve));
    await session.fetch("users/me/");
    expect(await renewed).toMatchObject({ by: "login" });
  });
});

describe("a person who is asked for the face", () => {
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

  it("can take longer than `timeout`, even if another session waits for the store's lock", async () => {
    const at = await install({ mode: "face" });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let asked = 0;
      const face = async () => {
        asked++;
        await vi.advanceTimersByTimeAsync(10 * MINUTE);
        return at.video();
      };
      // In process: the timers of a socket would advance too.
      const { fetch, baseUrl } = at.server;
      const options = { face, fetch, baseUrl, store: memoryStore(), timeout: 1000 };
      await Promise.all([at.faceSession(options).login(), at.faceSession(options).login()]);
      expect([asked, at.server.logins]).toEqual([1, 1]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is not waited for after the only caller aborts, and nothing is sent", async () => {
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

  it("is not waited for after logout(), and nothing is sent", async () => {
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

  it("can fail, and the call fails with the same error", async () => {
    const at = await install({ mode: "face" });
    const broken = new Error("no camera");
    const face = () => Promise.reject(broken);
    await expect(at.faceSession({ face }).fetch("users/me/")).rejects.toBe(broken);
    expect(at.paths()).toEqual([]);
  });
});
