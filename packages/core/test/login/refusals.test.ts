import { expect, test } from "vitest";
import { InvalidCredentials } from "../../src/errors/invalid-credentials.ts";
import { InvalidOptions } from "../../src/errors/invalid-options.ts";
import { InvalidRequest } from "../../src/errors/invalid-request.ts";
import type { AnyVmsError } from "../../src/errors/is-vms-error.ts";
import { VendorUnavailable } from "../../src/errors/vendor-unavailable.ts";
import { isVendorsRefusal, lifeOfRefusal } from "../../src/login/history/refusal.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";

const MINUTE = 60_000;
const BUDGET = { atOnce: 100, perMinute: 1 };
const WRONG = { ...CREDENTIALS, password: "made-up-and-wrong" };

test("G10: a temporary refusal and its event say when it ends", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const ends: (number | undefined)[] = [];
  session.on("login_failed", ({ retryAt }) => ends.push(retryAt));
  vendor.next("/login", () => new Response(null, { status: 403 }));
  await expect(session.login()).rejects.toThrow(/`renew\(\)` is called, or until 2026-01-01T00:15:00\.000Z\.$/);
  expect(ends).toEqual([vendor.clock.now() + 15 * MINUTE]);
});

test("G10: a refusal that ends after the last valid date can be printed", async () => {
  const session = fakeVendor().session({ credentials: WRONG, retryRefusedAfter: 1e16 });
  await expect(session.login()).rejects.toThrow(/or until an unknown time\.$/);
});

test("G10: the stack of a refusal contains its message once, even if the flow throws the same error again", async () => {
  const error = new InvalidCredentials("fake", "the password was refused.", { status: 401 });
  const session = fakeVendor().session({}, { login: () => Promise.reject(error) });
  for (let n = 0; n < 2; n++) await expect(session.renew()).rejects.toBe(error);
  expect(error.message.match(/It is not sent again/g)).toHaveLength(1);
  expect(error.stack?.match(/It is not sent again/g)).toHaveLength(1);
  expect(error.stack).toContain("refusals.test.ts");
});

test("G10: an error without a stack is a refusal too", async () => {
  const error = new InvalidCredentials("fake", "the password was refused.", { status: 401 });
  Object.assign(error, { stack: undefined });
  const session = fakeVendor().session({}, { login: () => Promise.reject(error) });
  await expect(session.login()).rejects.toBe(error);
  expect(error.stack).toBeUndefined();
});

test("G10: each temporary refusal of the same login lasts twice as long as the previous one, up to a day", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const attempts = () => vendor.seen.filter(({ path }) => path === "/login").length;
  for (const [n, minutes] of [15, 30, 60, 120, 240, 480, 960, 1_440, 1_440].entries()) {
    vendor.next("/login", () => new Response(null, { status: 403 }));
    for (const wait of [0, minutes * MINUTE - 1]) {
      await vendor.clock.advance(wait);
      await expect(session.fetch("zones")).rejects.toMatchObject({ code: "unexpected_response" });
      expect(attempts()).toBe(n + 1);
    }
    await vendor.clock.advance(1);
  }
});

test.each([
  ["invalid_credentials", undefined, "for_good"],
  ["account_unavailable", undefined, "for_a_time"],
  ["unexpected_response", 399, undefined],
  ["unexpected_response", 400, "for_a_time"],
  ["unexpected_response", 408, undefined],
  ["unexpected_response", 429, undefined],
  ["unexpected_response", 499, "for_a_time"],
  ["unexpected_response", 500, undefined],
  ["second_factor_required", undefined, "by_this_object"],
  ["second_factor_rejected", undefined, "by_this_object"],
  ["invalid_request", undefined, "by_this_object"],
  ["vendor_unavailable", 503, undefined],
] as const)("G10: the failure %s (status %s) of a login is remembered: %s", (code, status, life) => {
  const error = Object.assign(new InvalidRequest("fake", "made up.", {}), { code, status }) as unknown as AnyVmsError;
  expect(lifeOfRefusal(error)).toBe(life);
  expect(isVendorsRefusal(error)).toBe(life === "for_good" || life === "for_a_time");
});

test("G10: the latest sixteen refused passwords are remembered", async () => {
  const vendor = fakeVendor();
  let password = "";
  const session = vendor.session({ credentials: () => ({ ...CREDENTIALS, password }), loginBudget: BUDGET });
  const sent = async (n: number) => {
    const before = vendor.seen.length;
    password = `made-up-wrong-${n}`;
    await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    return vendor.seen.length - before;
  };
  for (let n = 0; n < 17; n++) expect(await sent(n)).toBe(1);
  for (let n = 1; n < 17; n++) expect(await sent(n)).toBe(0);
  expect(await sent(0)).toBe(1);
});

test("G10: the same password of another user is sent", async () => {
  const vendor = fakeVendor();
  let username = "operator-1";
  const session = vendor.session({ credentials: () => ({ ...WRONG, username }) });
  await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
  username = "operator-2";
  vendor.password = WRONG.password;
  expect(await session.login()).toMatchObject({ account: "operator-2" });
});

test("G20: `health` forgets a refusal when its time is over", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ credentials: WRONG, retryRefusedAfter: MINUTE });
  await session.login().catch(() => {});
  expect(session.health.refusedSince).toBe(vendor.clock.now());
  await vendor.clock.advance(MINUTE);
  expect(session.health.refusedSince).toBeUndefined();
});

test.each([
  ["before a request was sent", false, () => new VendorUnavailable("fake", "there is no route.", { status: 503 })],
  ["for a reason that waiting does not change", true, () => new InvalidOptions("fake", "a setting is wrong.")],
] as const)("G17: a login that fails %s starts no pause", async (_, sends, fail) => {
  const vendor = fakeVendor();
  let failures = 0;
  const session = vendor.session(
    { retry: { attempts: 1 } },
    {
      async login(context) {
        if (sends) await context.send("hello");
        if (failures++ === 0) throw fail();
        return vendor.flow.login(context);
      },
    },
  );
  await expect(session.fetch("zones")).rejects.toBeInstanceOf(Error);
  expect(session.health.pausedUntil).toBeUndefined();
});

test("G20: a failure that starts no pause does not name the end of an earlier pause", async () => {
  const vendor = fakeVendor();
  let broken = false;
  const credentials = () => {
    if (broken) throw new Error("the vault is sealed");
    return CREDENTIALS;
  };
  const session = vendor.session({ credentials, retry: { attempts: 1 } });
  const ends: (number | undefined)[] = [];
  session.on("login_failed", ({ retryAt }) => ends.push(retryAt));
  vendor.next("/login", () => new Response(null, { status: 503 }));
  await session.fetch("zones").catch(() => {});
  const end = vendor.clock.now() + 750;
  await vendor.clock.advance(750);
  broken = true;
  await session.fetch("zones").catch(() => {});
  expect(ends).toEqual([end, undefined]);
});
