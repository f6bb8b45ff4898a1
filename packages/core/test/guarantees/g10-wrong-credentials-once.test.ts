import { expect, test } from "vitest";
import { AccountUnavailable } from "../../src/errors/account-unavailable.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";

const WRONG = { username: "operator", password: "made-up-but-wrong" };

test("G10: a wrong password is sent once, and every caller gets the same error without a request", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ credentials: WRONG });
  const first = await session.fetch("a").catch((error: unknown) => error);
  expect(first).toMatchObject({ code: "invalid_credentials", vendor: "fake", status: 401 });
  for (const wait of [session.fetch("b"), session.login(), session.http.get("c").json(), session.authorization()]) {
    await expect(wait).rejects.toBe(first);
  }
  expect(vendor.seen).toHaveLength(1);
});

test("G10: a thousand concurrent callers with a wrong password send it once", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ credentials: WRONG });
  const results = await Promise.allSettled(Array.from({ length: 1000 }, () => session.fetch("a")));
  expect(results.every(({ status }) => status === "rejected")).toBe(true);
  expect(vendor.seen).toHaveLength(1);
});

test("G10: changed credentials are sent", async () => {
  const vendor = fakeVendor();
  let credentials = WRONG;
  let asked = 0;
  const session = vendor.session({
    credentials: () => {
      asked++;
      return credentials;
    },
  });
  await expect(session.fetch("a")).rejects.toMatchObject({ code: "invalid_credentials" });
  await expect(session.fetch("b")).rejects.toMatchObject({ code: "invalid_credentials" });
  expect([vendor.seen.length, asked]).toEqual([1, 2]);
  credentials = CREDENTIALS;
  expect((await session.fetch("c")).status).toBe(200);
});

test("G10: a refusal that arrives after a sign-out is remembered", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ credentials: WRONG });
  const held = vendor.hold("/login");
  const login = session.login();
  await held.arrived;
  const logout = session.logout();
  held.release();
  await expect(login).rejects.toMatchObject({ code: "session_closed" });
  await logout;
  await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
  expect(vendor.seen.filter(({ path }) => path === "/login")).toHaveLength(1);
});

test("G10: renew() sends the credentials again", async () => {
  const vendor = fakeVendor();
  vendor.password = "made-up-and-not-set-yet";
  const session = vendor.session();
  await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
  vendor.password = CREDENTIALS.password;
  await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
  await session.renew();
  expect((await session.fetch("a")).status).toBe(200);
});

test("G10: a login to a locked account is sent once", async () => {
  const vendor = fakeVendor();
  let logins = 0;
  const session = vendor.session(
    {},
    {
      async login() {
        logins++;
        throw new AccountUnavailable("fake", "the account is locked.", { reason: "locked" });
      },
    },
  );
  for (const path of ["a", "b"]) {
    await expect(session.fetch(path)).rejects.toMatchObject({ code: "account_unavailable", reason: "locked" });
  }
  expect(logins).toBe(1);
});
