import { describe, expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow.ts";
import type { SecondFactor } from "../../src/contract/second-factor.ts";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { AccountUnavailable } from "../../src/errors/account-unavailable.ts";
import { SecondFactorRejected } from "../../src/errors/second-factor-rejected.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { storeKey } from "../../src/store/store-key.ts";
import { CREDENTIALS, type FakeUser, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const MINUTE = 60_000;

/** Two sessions that share a store, and what the store has. */
function twoSessions(options: object, overrides: Partial<Flow<string, FakeUser>> = {}) {
  const vendor = fakeVendor();
  const store: SessionStore = memoryStore();
  const open = (more: object = {}) => vendor.session({ store, ...options, ...more }, overrides);
  const value = async () => JSON.parse((await store.get(await storeKey(vendor.flow, CREDENTIALS.username))) ?? "{}");
  return { vendor, open, one: open(), other: open(), value };
}

describe("what a failed login of one process means for the others", () => {
  test("G10: an unavailable account is not asked again for 15 min, for the same reason", async () => {
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

  test("G17: the pauses of all of them double together", async () => {
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

  test("G17: a vendor that one of them cannot reach may be reached by another", async () => {
    const { vendor, one, other, value } = twoSessions({ retry: { attempts: 1 } });
    vendor.next("/login", () => Promise.reject(new TypeError("fetch failed")));
    await expect(one.login()).rejects.toMatchObject({ code: "vendor_unavailable" });
    expect(await value()).not.toHaveProperty("history.failed");
    await other.login();
    expect(vendor.logins).toBe(1);
  });

  test("G17: a login that has helped leaves nothing in the store", async () => {
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
  /** A sign-in with a code, of which three may be wrong. */
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

  test("G10: that one process cannot ask for a code is not told to the others", async () => {
    const codes: string[] = [];
    const { open } = twoSessions({}, { login: login(codes) });
    await expect(open().login()).rejects.toMatchObject({ code: "second_factor_required" });
    await open({ secondFactor: once("4711") }).login();
    expect(codes).toEqual(["4711"]);
  });
});
