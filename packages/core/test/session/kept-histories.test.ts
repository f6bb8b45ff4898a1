import { expect, test } from "vitest";
import { openSessionPool } from "../../src/session/session-pool.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";

/** A pool of one open session, which remembers ten closed ones, and how often a use of a key sends a login. */
function poolOfOne() {
  const vendor = fakeVendor();
  const wrong = new Set<string>();
  const pool = openSessionPool(
    (key, shared) => {
      const password = wrong.has(key) ? "made-up-and-wrong" : CREDENTIALS.password;
      return vendor.session({ ...shared, retry: { attempts: 1 }, credentials: { ...CREDENTIALS, password } });
    },
    { max: 1, loginLimiter: { run: (login) => login() } },
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
  /** The same with a login that the vendor limits for an hour. */
  const useLimited = (key: string) => {
    vendor.next("/login", () => new Response(null, { status: 429, headers: { "retry-after": "3600" } }));
    return use(key);
  };
  return { wrong, use, useLimited };
}

const keys = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}-${n}`);

test("G17: a closed session with nothing to remember takes the place of no other", async () => {
  const { use, useLimited } = poolOfOne();
  await useLimited("limited");
  for (const key of keys("plain", 20)) await use(key);
  expect(await use("limited")).toBe(0);
});

test("G17: neither does one whose password was corrected", async () => {
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

test("G10: of more refusals than a pool remembers, the oldest is forgotten", async () => {
  const { wrong, use } = poolOfOne();
  const refused = keys("refused", 11);
  for (const key of refused) wrong.add(key);
  for (const key of refused) await use(key);
  for (const key of refused.slice(1)) expect(await use(key)).toBe(0);
  expect(await use("refused-0")).toBe(1);
});
