import { expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { SecondFactor } from "../../src/contract/second-factor.ts";
import { SecondFactorRejected } from "../../src/errors/second-factor-rejected.ts";
import { openSessionPool, type PoolShare } from "../../src/session/session-pool.ts";
import { CREDENTIALS, type FakeUser, fakeVendor } from "../fake-vendor.ts";

const NO_LIMIT = { run: <T>(login: () => Promise<T>) => login() };

/** A pool of one open session, which remembers ten closed ones, and how often a use of a key sends a login. */
function poolOfOne() {
  const vendor = fakeVendor();
  const wrong = new Set<string>();
  const pool = openSessionPool(
    (key, shared) => {
      const password = wrong.has(key) ? "made-up-and-wrong" : CREDENTIALS.password;
      return vendor.session({ ...shared, retry: { attempts: 1 }, credentials: { ...CREDENTIALS, password } });
    },
    { max: 1, loginLimiter: NO_LIMIT },
    vendor.clock,
  );
  /** Makes a call with the session of a key, and closes it. Returns how often it has sent a login. */
  const use = async (key: string) => {
    const attempts = () => vendor.seen.filter(({ path }) => path === "/login").length;
    const before = attempts();
    await pool
      .get(key)
      .fetch("zones")
      .catch(() => {});
    await pool.close(key);
    return attempts() - before;
  };
  /** Like `use`, with a login that the vendor limits for an hour. */
  const useLimited = (key: string) => {
    vendor.next("/login", () => new Response(null, { status: 429, headers: { "retry-after": "3600" } }));
    return use(key);
  };
  return { wrong, use, useLimited };
}

const keys = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}-${n}`);

test("G17: a closed session without a history takes no other's place", async () => {
  const { use, useLimited } = poolOfOne();
  await useLimited("limited");
  for (const key of keys("plain", 20)) await use(key);
  expect(await use("limited")).toBe(0);
});

test("G17: a closed session whose password was corrected takes no other's place", async () => {
  const { wrong, use, useLimited } = poolOfOne();
  const corrected = keys("corrected", 10);
  for (const key of corrected) wrong.add(key);
  for (const key of corrected) await use(key);
  wrong.clear();
  for (const key of corrected) expect(await use(key)).toBe(1);
  const limited = keys("limited", 10);
  for (const key of limited) await useLimited(key);
  for (const key of limited) expect(await use(key)).toBe(0);
});

test("G10: a pool with too many refusals forgets the oldest", async () => {
  const { wrong, use } = poolOfOne();
  const refused = keys("refused", 11);
  for (const key of refused) wrong.add(key);
  for (const key of refused) await use(key);
  for (const key of refused.slice(1)) expect(await use(key)).toBe(0);
  expect(await use("refused-0")).toBe(1);
});

test.each([
  ["a function of the credentials", () => ({ ...CREDENTIALS, password: "made-up-and-wrong" })],
  ["a function of the password", { ...CREDENTIALS, password: () => "made-up-and-wrong" }],
])("G10: a wrong password from %s is not sent again when its key is opened again", async (_, credentials) => {
  const vendor = fakeVendor();
  const pool = openSessionPool(
    (__, shared) => vendor.session({ ...shared, credentials }),
    { loginLimiter: NO_LIMIT },
    vendor.clock,
  );
  for (let n = 0; n < 3; n++) {
    await expect(pool.get("acme").login()).rejects.toMatchObject({ code: "invalid_credentials" });
    await pool.close("acme");
  }
  expect(vendor.seen).toHaveLength(1);
});

test("G10: a corrected `loginInputs` is tried immediately when its key is opened again", async () => {
  const vendor = fakeVendor();
  let key = "made-up-wrong-key";
  const open = (_: string, shared: PoolShare) => vendor.session(shared, { loginInputs: [key] });
  const pool = openSessionPool(open, { loginLimiter: NO_LIMIT }, vendor.clock);
  vendor.next("/login", () => new Response(null, { status: 401 }));
  await expect(pool.get("acme").login()).rejects.toMatchObject({ code: "invalid_credentials" });
  await pool.close("acme");
  await expect(pool.get("acme").login()).rejects.toMatchObject({ code: "invalid_credentials" });
  await pool.close("acme");
  key = "made-up-right-key";
  await pool.get("acme").login();
  expect(vendor.seen.filter(({ path }) => path === "/login")).toHaveLength(2);
});

test("a session that does not adopt the pool's history is closed like any other", async () => {
  const vendor = fakeVendor();
  const pool = openSessionPool(() => vendor.session(), { loginLimiter: NO_LIMIT }, vendor.clock);
  await pool.get("acme").login();
  await pool.close("acme");
  expect(vendor.live.size).toBe(0);
});

test("the wrong codes of a closed session count when its key is opened again", async () => {
  const vendor = fakeVendor();
  const codes: string[] = [];
  const login: Flow<string, FakeUser>["login"] = (context) =>
    context.secondFactor({
      methods: [{ type: "sms" }],
      maxAttempts: 2,
      async verify({ code }) {
        codes.push(code);
        return { accepted: false, reason: "wrong", error: new SecondFactorRejected("fake", "the code is wrong.", {}) };
      },
    });
  const secondFactor: SecondFactor = ({ attempt }) => {
    if (attempt > 1) throw new RangeError("the window was closed");
    return { method: "sms", code: "0001" };
  };
  const open = (_: string, shared: PoolShare) => vendor.session({ ...shared, secondFactor }, { login });
  const pool = openSessionPool(open, { loginLimiter: NO_LIMIT }, vendor.clock);
  await expect(pool.get("acme").fetch("zones")).rejects.toThrow("the window was closed");
  await pool.close("acme");
  await expect(pool.get("acme").fetch("zones")).rejects.toMatchObject({ code: "second_factor_rejected" });
  expect(codes).toHaveLength(2);
});
