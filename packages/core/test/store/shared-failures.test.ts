import { describe, expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { SecondFactor } from "../../src/contract/second-factor.ts";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { AccountUnavailable } from "../../src/errors/account-unavailable.ts";
import { SecondFactorRejected } from "../../src/errors/second-factor-rejected.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { storeKey } from "../../src/store/store-key.ts";
import { CREDENTIALS, type FakeUser, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const MINUTE = 60_000;

/** Two sessions that share a store, and the content of the store. */
function twoSessions(options: object, overrides: Partial<Flow<string, FakeUser>> = {}) {
  const vendor = fakeVendor();
  const store: SessionStore = memoryStore();
  const open = (more: object = {}) => vendor.session({ store, ...options, ...more }, overrides);
  const value = async () => JSON.parse((await store.get(await storeKey(vendor.flow, CREDENTIALS.username))) ?? "{}");
  return { vendor, open, one: open(), other: open(), value };
}

describe("the effect of a failed login on other processes", () => {
  test("G10: no process signs in to an unavailable account again for 15 min", async () => {
    let asked = 0;
    const { vendor, open, one, other } = twoSessions(
      {},
      {
        async login() {
          asked++;
          throw new AccountUnavailable("fake", "the account is locked.", { reason: "locked", status: 423 });
        },
      },
    );
    for (const session of [one, other, open()]) {
      await expect(session.login()).rejects.toMatchObject({
        code: "account_unavailable",
        reason: "locked",
        status: 423,
        problem: "the account is locked.",
      });
    }
    expect(asked).toBe(1);
    await vendor.clock.advance(15 * MINUTE);
    await expect(open().login()).rejects.toMatchObject({ code: "account_unavailable" });
    expect(asked).toBe(2);
    // The second refusal lasts twice as long.
    await vendor.clock.advance(30 * MINUTE - 1);
    await expect(open().login()).rejects.toMatchObject({ code: "account_unavailable" });
    expect(asked).toBe(2);
  });

  test.each([
    [429, "rate_limited"],
    [503, "vendor_unavailable"],
    [302, "unexpected_response"],
  ])("G17: after status %i all of them pause, with the error %s", async (status, code) => {
    const { vendor, one, other } = twoSessions({ retry: { attempts: 1 } });
    vendor.next("/login", () => new Response(null, { status }));
    await expect(one.login()).rejects.toMatchObject({ code, status });
    await vendor.clock.advance(700);
    await expect(other.login()).rejects.toMatchObject({ code, status, retryAfter: 50 });
    expect(vendor.seen).toHaveLength(1);
    await vendor.clock.advance(50);
    await other.login();
    expect(vendor.seen).toHaveLength(2);
  });

  test("G17: the pauses of all processes double together", async () => {
    const { vendor, one, other } = twoSessions({ retry: { attempts: 1 } });
    const pauses: number[] = [];
    for (const session of [one, other, one, other]) {
      vendor.next("/login", () => new Response(null, { status: 503 }));
      await session.login().catch(() => {});
      pauses.push((session.health.pausedUntil ?? 0) - vendor.clock.now());
      await vendor.clock.advance(pauses.at(-1) ?? 0);
    }
    expect(pauses).toEqual([750, 1_500, 3_000, 6_000]);
  });

  test("G17: a vendor that one process cannot reach is still tried by the others", async () => {
    const { vendor, one, other, value } = twoSessions({ retry: { attempts: 1 } });
    vendor.next("/login", () => Promise.reject(new TypeError("fetch failed")));
    await expect(one.login()).rejects.toMatchObject({ code: "vendor_unavailable" });
    expect(await value()).not.toHaveProperty("history.failed");
    await other.login();
    expect(vendor.logins).toBe(1);
  });

  test("G10: a password that was refused elsewhere after a login here is not sent again here", async () => {
    const { vendor, one, other } = twoSessions({});
    for (const session of [one, other]) await session.fetch("zones");
    vendor.password = "made-up-and-newer";
    await expect(other.renew()).rejects.toMatchObject({ code: "invalid_credentials" });
    vendor.revoke();
    const before = vendor.seen.filter(({ path }) => path === "/login").length;
    await expect(one.fetch("zones")).rejects.toMatchObject({ code: "invalid_credentials", status: 401 });
    expect(vendor.seen.filter(({ path }) => path === "/login")).toHaveLength(before);
  });

  test("G10: the refusals of several passwords are kept, each once; a pause that is over is not", async () => {
    const { vendor, open, value } = twoSessions({ retry: { attempts: 1 }, retryRefusedAfter: MINUTE });
    const refuse = async (password: string) => {
      const session = open({ credentials: { ...CREDENTIALS, password } });
      await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    };
    vendor.next("/login", () => new Response(null, { status: 503 }));
    await open()
      .login()
      .catch(() => {});
    expect(await value()).toHaveProperty("history.failed");
    await vendor.clock.advance(MINUTE);
    for (const password of ["made-up-old", "made-up-older"]) await refuse(password);
    await vendor.clock.advance(MINUTE);
    await refuse("made-up-old");
    const { history } = await value();
    expect(history.refusals).toHaveLength(2);
    expect(history.refusals.map(({ step }: { step: number }) => step)).toEqual([0, 1]);
    expect(history.refusals[1].until).toBe(vendor.clock.now() + MINUTE);
    expect(history).not.toHaveProperty("failed");
  });

  test("G10: storing a refused call keeps the refusals that others have stored since", async () => {
    const { vendor, open, one, value } = twoSessions({});
    await one.fetch("zones");
    vendor.next("/a", () => new Response(null, { status: 401 }));
    const gate = Promise.withResolvers<void>();
    vendor.next("/a", () => gate.promise.then(() => new Response(null, { status: 401 })));
    const call = one.fetch("a");
    await settle();
    const wrong = open({ credentials: { ...CREDENTIALS, password: "made-up-and-wrong" } });
    await expect(wrong.renew()).rejects.toMatchObject({ code: "invalid_credentials" });
    gate.resolve();
    expect((await call).status).toBe(401);
    await settle();
    expect(await value()).toMatchObject({ history: { refusals: [{}], unhelped: { calls: ["GET /a"] } } });
  });

  test("only the start of a long error text is stored", async () => {
    const problem = "x".repeat(2_000);
    const login = () => Promise.reject(new AccountUnavailable("fake", problem, { reason: "locked" }));
    const { one, value } = twoSessions({}, { login });
    await one.login().catch(() => {});
    const { error } = (await value()).history.refusals[0];
    expect(error).toEqual({ code: "account_unavailable", problem: problem.slice(0, 1_000), reason: "locked" });
  });

  test("G17: a successful login leaves no failure in the store", async () => {
    const { vendor, one, value } = twoSessions({});
    await one.fetch("zones");
    vendor.revoke();
    await one.fetch("zones");
    await one.renew();
    await settle();
    expect(vendor.logins).toBe(3);
    expect(await value()).not.toHaveProperty("history.unhelped");
  });
});

describe("the second factor of a login", () => {
  /** A sign-in with a code, which accepts three wrong codes. */
  const login =
    (codes: string[]): Flow<string, FakeUser>["login"] =>
    (context) =>
      context.secondFactor({
        methods: [{ type: "sms" }],
        maxAttempts: 3,
        async verify({ code }) {
          codes.push(code);
          await context.send("hello");
          if (code === "4711") return { accepted: true, value: { data: "token-f", user: { name: "operator" } } };
          return {
            accepted: false,
            reason: "wrong",
            error: new SecondFactorRejected("fake", "the code is wrong.", {}),
          };
        },
      });
  const once =
    (code: string): SecondFactor =>
    ({ attempt }) => {
      if (attempt > 1) throw new RangeError("the window was closed");
      return { method: "sms", code };
    };

  test("the wrong codes of all processes count together, until one of them signs in", async () => {
    const codes: string[] = [];
    const { open, value } = twoSessions({}, { login: login(codes) });
    for (const code of ["0001", "0002"])
      await expect(open({ secondFactor: once(code) }).login()).rejects.toThrow("the window was closed");
    expect(await value()).toMatchObject({ history: { wrongCodes: 2 } });
    await expect(open({ secondFactor: once("0003") }).login()).rejects.toMatchObject({
      code: "second_factor_rejected",
    });
    await expect(open({ secondFactor: once("4711") }).login()).rejects.toMatchObject({
      code: "second_factor_rejected",
    });
    expect(codes).toEqual(["0001", "0002", "0003"]);
    await open({ secondFactor: once("4711") }).renew();
    expect(codes).toHaveLength(4);
    expect(await value()).not.toHaveProperty("history");
  });

  test("G10: a process that cannot prompt for a code does not share that failure", async () => {
    const codes: string[] = [];
    const { open } = twoSessions({}, { login: login(codes) });
    await expect(open().login()).rejects.toMatchObject({ code: "second_factor_required" });
    await open({ secondFactor: once("4711") }).login();
    expect(codes).toEqual(["4711"]);
  });
});
