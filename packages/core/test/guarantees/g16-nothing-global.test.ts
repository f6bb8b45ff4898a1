import { expect, test } from "vitest";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";

const WRONG = { username: "operator", password: "made-up-but-wrong" };

test("G16: two sessions of one account share no login", async () => {
  const vendor = fakeVendor();
  const [one, two] = [vendor.session(), vendor.session()];
  await one.login();
  expect(two.info).toBeUndefined();
  await two.login();
  expect(vendor.logins).toBe(2);
  expect(await (await one.fetch("a")).json()).toMatchObject({ token: "token-1" });
  expect(await (await two.fetch("a")).json()).toMatchObject({ token: "token-2" });
});

test("G16: two memory stores share nothing", async () => {
  const vendor = fakeVendor();
  await vendor.session({ store: memoryStore() }).login();
  await vendor.session({ store: memoryStore() }).login();
  expect(vendor.logins).toBe(2);
});

for (const kind of ["no store", "a store each", "one store"] as const) {
  test(`G16: sessions share a refusal only through a store, with ${kind}`, async () => {
    const vendor = fakeVendor();
    const shared = memoryStore();
    const store = () => (kind === "no store" ? {} : { store: kind === "one store" ? shared : memoryStore() });
    const refused = vendor.session({ ...store(), credentials: WRONG });
    await expect(refused.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    const also = vendor.session({ ...store(), credentials: WRONG });
    await expect(also.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    // Guarantee 10: sessions share stored refusals.
    expect(vendor.seen).toHaveLength(kind === "one store" ? 1 : 2);
    expect((await vendor.session(store()).fetch("a")).status).toBe(200);
  });
}

test("G16: a login in progress does not delay another session", async () => {
  const vendor = fakeVendor();
  const held = vendor.hold("/login");
  const first = vendor.session({ store: memoryStore() }).login();
  await held.arrived;
  await vendor.session({ store: memoryStore() }).login();
  await vendor.session().login();
  expect(vendor.logins).toBe(2);
  held.release();
  await first;
});

test("G16: a login in progress does not delay another account in the same store", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const held = vendor.hold("/login");
  const first = vendor.session({ store }).login();
  await held.arrived;
  await vendor.session({ store, credentials: { ...CREDENTIALS, username: "other" } }).login();
  expect(vendor.logins).toBe(1);
  held.release();
  await first;
});

test("G16: signing out of one session does not affect another", async () => {
  const vendor = fakeVendor();
  const [one, two] = [vendor.session(), vendor.session()];
  await Promise.all([one.login(), two.login()]);
  await one.logout();
  expect((await two.fetch("a")).status).toBe(200);
  expect(vendor.logins).toBe(2);
});

test("G16: a listener receives only the events of its own session", async () => {
  const vendor = fakeVendor();
  const [one, two] = [vendor.session(), vendor.session()];
  const heard: string[] = [];
  one.on("login", () => heard.push("one"));
  await two.login();
  expect(heard).toEqual([]);
  await one.login();
  expect(heard).toEqual(["one"]);
});

test("G16: a hundred sessions with the same store make one login", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const sessions = Array.from({ length: 100 }, () => vendor.session({ store }));
  const from: string[] = [];
  for (const session of sessions) session.on("login", (event) => from.push(event.from));
  const responses = await Promise.all(sessions.map((session) => session.fetch("a")));
  expect(responses.every(({ ok }) => ok)).toBe(true);
  expect(vendor.logins).toBe(1);
  expect(from.filter((one) => one === "vendor")).toHaveLength(1);
  expect(from).toHaveLength(100);
});

test("G16: a session uses the session that another one has stored in the same store", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await vendor.session({ store }).login();
  const session = vendor.session({ store });
  expect(await (await session.fetch("a")).json()).toMatchObject({ token: "token-1" });
  expect(vendor.logins).toBe(1);
});

test("G16: after a rejection, a session uses the session that another one has stored in the meantime", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const [one, two] = [vendor.session({ store }), vendor.session({ store })];
  await Promise.all([one.login(), two.login()]);
  vendor.revoke();
  await one.fetch("a");
  await two.fetch("a");
  expect(vendor.logins).toBe(2);
});

const others: [string, (vendor: ReturnType<typeof fakeVendor>, store: SessionStore) => Promise<unknown>][] = [
  [
    "another account",
    (vendor, store) => vendor.session({ store, credentials: { ...CREDENTIALS, username: "other" } }).login(),
  ],
  [
    "an account that differs in its case",
    (vendor, store) => vendor.session({ store, credentials: { ...CREDENTIALS, username: "Operator" } }).login(),
  ],
  [
    "an account with a separator in its name",
    (vendor, store) => vendor.session({ store, credentials: { ...CREDENTIALS, username: "operator|" } }).login(),
  ],
  [
    "another origin",
    (vendor, store) => vendor.session({ store }, { baseUrl: new URL("https://other.example/") }).login(),
  ],
  [
    "another port",
    (vendor, store) => vendor.session({ store }, { baseUrl: new URL("https://vendor.example:8443/") }).login(),
  ],
  [
    "another path",
    (vendor, store) => vendor.session({ store }, { baseUrl: new URL("https://vendor.example/rest/") }).login(),
  ],
  ["another identity", (vendor, store) => vendor.session({ store }, { identity: "realm-2" }).login()],
  ["another vendor", (vendor, store) => vendor.session({ store }, { vendor: "other" }).login()],
];
for (const [what, login] of others) {
  test(`G16: in one store, ${what} is another session`, async () => {
    const vendor = fakeVendor();
    const store = memoryStore();
    const first = vendor.session({ store });
    await first.login();
    await login(vendor, store);
    expect(vendor.logins).toBe(2);
    const again = vendor.session({ store });
    expect(await (await again.fetch("a")).json()).toMatchObject({ token: "token-1" });
    expect(vendor.logins).toBe(2);
  });
}
