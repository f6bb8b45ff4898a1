import { inspect } from "node:util";
import { expect, test } from "vitest";
import { engineOf } from "../../src/state/engine-access.ts";
import { fakeVendor } from "../fake-vendor.ts";

test("its functions and those of its ky can be destructured", async () => {
  const session = fakeVendor().session();
  const { fetch, login, renew, logout, close, authorization, on, http } = session;
  const { get } = http;
  const heard: string[] = [];
  for (const type of ["login", "renewed", "logout"] as const) on(type, (event) => heard.push(event.type));
  expect((await fetch("zones")).status).toBe(200);
  expect((await get("zones")).status).toBe(200);
  expect(await login()).toEqual(session.info);
  expect((await renew()).account).toBe("operator");
  expect((await authorization()).headers).toEqual({ authorization: "Bearer token-2" });
  await logout();
  expect(heard).toEqual(["login", "renewed", "logout"]);
  await login();
  await close();
  expect(heard.slice(3)).toEqual(["login", "logout"]);
});

test("the printed session shows its name and functions", () => {
  const session = fakeVendor().session();
  expect(inspect(session)).toMatch(/^VmsSession \{\s+vendor: 'fake',\s+fetch: \[Function: fetch\]/);
});

test("the JSON of a session shows its vendor and info", async () => {
  const session = fakeVendor().session();
  expect(JSON.parse(JSON.stringify(session))).toEqual({ vendor: "fake" });
  await session.login();
  expect(JSON.parse(JSON.stringify(session))).toEqual({ vendor: "fake", info: session.info });
});

test("`authorization()` returns all parts of the credential, in objects of the caller", async () => {
  const authorize = () => ({
    headers: { "x-key": "made-up" },
    searchParams: { token: "made-up" },
    cookies: { sid: "a" },
  });
  const session = fakeVendor().session({}, { authorize });
  const credential = await session.authorization();
  expect(credential).toEqual({
    headers: { "x-key": "made-up", cookie: "sid=a" },
    searchParams: { token: "made-up" },
    cookies: { sid: "a" },
  });
  for (const part of Object.values(credential)) Object.assign(part, { changed: "by the caller" });
  expect(JSON.stringify(await session.authorization())).not.toContain("changed");
});

test("a base URL without a trailing slash is a folder", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({}, { baseUrl: new URL("https://vendor.example/api") });
  expect(await (await session.fetch("zones")).json()).toMatchObject({ path: "/api/zones" });
  expect(session.info?.baseUrl).toBe("https://vendor.example/api/");
});

test("`await using` signs out", async () => {
  const vendor = fakeVendor();
  {
    await using session = vendor.session();
    await session.login();
  }
  expect(vendor.live.size).toBe(0);
});

test("a session works when it is wrapped in another object or in nested proxies", async () => {
  const session = fakeVendor().session();
  const deep = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, key, receiver) {
        const value: unknown = Reflect.get(of, key, receiver);
        return typeof value === "object" && value !== null ? deep(value) : value;
      },
    });
  const binding = new Proxy(session, {
    get(of, key, receiver) {
      const value: unknown = Reflect.get(of, key, receiver);
      return typeof value === "function" ? Object.assign(value.bind(of), value) : value;
    },
  });
  for (const wrapped of [Object.create(session) as typeof session, deep(session), binding]) {
    expect((await wrapped.fetch("zones")).status).toBe(200);
    expect((await wrapped.http.get("zones")).status).toBe(200);
    expect(wrapped.info).toEqual(session.info);
    expect(engineOf(wrapped)).toBe(engineOf(session));
  }
  expect(() => engineOf({} as typeof session)).toThrow(TypeError);
});
