import { describe, expect, test } from "vitest";
import type { SessionEndSigns } from "../../src/index.ts";
import { clients, followingClients } from "../clients.ts";
import { type FakeVendor, fakeVendor, ORIGIN } from "../fake-vendor.ts";

const HTML = { headers: { "content-type": "text/html; charset=utf-8" } };
const page = () => new Response("<title>Sign in</title>", HTML);
const redirect = (location: string) => new Response(null, { status: 302, headers: { location } });

/** The paths of all requests except the sign-out of the replaced session. */
const pathsOf = ({ seen }: FakeVendor) => seen.map(({ path }) => path).filter((path) => path !== "/logout");

/** A sign of an ended session, the option that names it, and the response. */
const SIGNS: readonly (readonly [what: string, signs: SessionEndSigns, answer: () => Response])[] = [
  ["the status 403", { status: [403, 419] }, () => new Response("no", { status: 403 })],
  ["the status 419", { status: [403, 419] }, () => new Response("no", { status: 419 })],
  ["a redirect to a login page", { redirectTo: ["/login-page"] }, () => redirect("/login-page?next=%2Fzones")],
  ["a redirect below an address", { redirectTo: ["/sso"] }, () => redirect("/sso/realms/a")],
  ["a redirect to another host", { redirectTo: ["https://sso.example/"] }, () => redirect("https://sso.example/auth")],
  ["a redirect with a path on another host", { redirectTo: ["/auth/"] }, () => redirect("https://sso.example/auth")],
  ["an HTML page", { html: true }, page],
];

describe.each(clients)("$name", ({ open }) => {
  test.each(SIGNS)(
    "with `sessionEndedOn`, a call that gets %s is sent again after one login",
    async (_, signs, answer) => {
      const vendor = fakeVendor();
      const session = vendor.session({ sessionEndedOn: signs });
      const call = open(vendor, session);
      await call("zones");
      vendor.next("/zones", answer);
      const response = await call("zones");
      expect([response.status, await response.json()]).toEqual([200, { path: "/zones", token: "token-2" }]);
      expect(pathsOf(vendor)).toEqual(["/login", "/zones", "/zones", "/login", "/zones"]);
    },
  );

  test.each(SIGNS)("a flow that checks responses itself is called in addition to %s", async (_, signs, answer) => {
    const vendor = fakeVendor();
    const isRejected = async (response: Response) => response.headers.has("x-ended");
    const call = open(vendor, vendor.session({ sessionEndedOn: signs }, { isRejected }));
    await call("zones");
    vendor.next("/zones", answer);
    expect((await call("zones")).status).toBe(200);
    vendor.next("/zones", () => Response.json({}, { headers: { "x-ended": "1" } }));
    expect(await (await call("zones")).json()).toEqual({ path: "/zones", token: "token-3" });
    vendor.next("/zones", () => new Response(null, { status: 401 }));
    expect((await call("zones")).status).toBe(401);
    expect(vendor.logins).toBe(3);
  });

  test.each([
    ["a 403", undefined, () => new Response("no", { status: 403 })],
    ["an HTML page", undefined, page],
    ["another status", { status: [419] }, () => new Response("no", { status: 403 })],
    ["an HTML page with an error", { html: true }, () => new Response("no", { status: 404, ...HTML })],
    ["JSON", { html: true }, () => Response.json({ a: "<html>" })],
  ])("%s is no sign with `sessionEndedOn: %j`", async (_, signs, answer) => {
    const vendor = fakeVendor();
    const call = open(vendor, vendor.session(signs === undefined ? {} : { sessionEndedOn: signs }));
    await call("zones");
    vendor.next("/zones", answer);
    const response = await call("zones");
    expect([response.status, await response.text()]).toEqual([answer().status, await answer().text()]);
    expect(vendor.logins).toBe(1);
  });

  test.each(["text/html", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json, text/*"])(
    "an HTML page is no sign if the call accepts %s",
    async (accept) => {
      const vendor = fakeVendor();
      const call = open(vendor, vendor.session({ sessionEndedOn: { html: true } }));
      vendor.next("/report", page);
      expect(await (await call("report", { headers: { Accept: accept } })).text()).toContain("Sign in");
      expect(vendor.logins).toBe(1);
    },
  );

  test("G17: a forbidden path among other calls costs one login, if 403 is a sign", async () => {
    const vendor = fakeVendor();
    const call = open(vendor, vendor.session({ sessionEndedOn: { status: [403] } }));
    const statuses: number[] = [];
    for (let second = 0; second < 100; second++) {
      vendor.next("/forbidden", () => new Response("no", { status: 403 }));
      vendor.next("/forbidden", () => new Response("no", { status: 403 }));
      statuses.push((await call("zones")).status, (await call("forbidden")).status);
      await vendor.clock.advance(1_000);
    }
    expect(new Set(statuses.filter((_, n) => n % 2 === 0))).toEqual(new Set([200]));
    expect(new Set(statuses.filter((_, n) => n % 2 === 1))).toEqual(new Set([403]));
    expect(vendor.logins).toBe(1 + 1);
  });
});

test.each(SIGNS)("G17: a thousand concurrent calls that get %s cause one login", async (_, signs, answer) => {
  const vendor = fakeVendor();
  const session = vendor.session({ sessionEndedOn: signs });
  await session.fetch("zones");
  const calls = 1_000;
  for (let call = 0; call < 2 * calls; call++) vendor.next("/forbidden", answer);
  const responses = await Promise.all(Array.from({ length: calls }, () => session.fetch("forbidden")));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([answer().status]));
  expect(vendor.logins).toBe(1 + 1);
});

describe.each(followingClients)("$name", ({ open }) => {
  test("a redirect to a login page that may cause no login is returned to the caller, and is not followed", async () => {
    const vendor = fakeVendor();
    const call = open(vendor, vendor.session({ sessionEndedOn: { redirectTo: ["/sign-in"] } }));
    await call("zones");
    vendor.next("/private", () => redirect("/sign-in"));
    vendor.next("/private", () => redirect("/sign-in"));
    const response = await call("private");
    expect([response.status, response.headers.get("location")]).toEqual([302, "/sign-in"]);
    expect(pathsOf(vendor)).not.toContain("/sign-in");
  });

  test("each redirect of a chain can lead to the login page", async () => {
    const vendor = fakeVendor();
    const call = open(vendor, vendor.session({ sessionEndedOn: { redirectTo: ["/sign-in"] } }));
    await call("zones");
    vendor.next("/moved", () => redirect("/old/here"));
    vendor.next("/old/here", () => redirect("../sign-in"));
    expect((await call("moved")).status).toBe(200);
    expect(pathsOf(vendor).slice(2)).toEqual(["/moved", "/old/here", "/login", "/moved"]);
  });

  test("other redirects are followed, and an HTML page at their end is a sign", async () => {
    const vendor = fakeVendor();
    const signs = { redirectTo: ["/sign-in", "https://sso.example/auth"], html: true };
    const call = open(vendor, vendor.session({ sessionEndedOn: signs }));
    for (const target of ["/sign-in-log", "/auth", "/x/sign-in", "/x?to=/sign-in"]) {
      vendor.next("/moved", () => redirect(target));
      expect(await (await call("moved")).json()).toMatchObject({ path: new URL(target, ORIGIN).pathname });
    }
    expect(vendor.logins).toBe(1);
    vendor.next("/moved", () => redirect("/page"));
    vendor.next("/page", page);
    expect(await (await call("moved")).json()).toEqual({ path: "/moved", token: "token-2" });
  });

  test("responses of another host are no signs", async () => {
    const vendor = fakeVendor();
    const signs = { status: [403], redirectTo: ["/sign-in"], html: true };
    const call = open(vendor, vendor.session({ sessionEndedOn: signs }));
    vendor.next("/moved", () => redirect("https://media.example/a"));
    vendor.next("/a", () => redirect("https://media.example/sign-in"));
    vendor.next("/sign-in", page);
    expect(await (await call("moved")).text()).toContain("Sign in");
    expect(vendor.logins).toBe(1);
  });
});

test("a redirect to a login page is noticed if the caller follows redirects itself", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ sessionEndedOn: { redirectTo: ["/sign-in"] } });
  vendor.next("/zones", () => redirect("/sign-in"));
  expect((await session.fetch("zones", { redirect: "manual" })).status).toBe(200);
  expect(vendor.logins).toBe(2);
});

test("G5: an upload that is redirected to a login page is sent again completely", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ sessionEndedOn: { redirectTo: ["/sign-in"] } });
  await session.login();
  vendor.next("/zones", async (request) => {
    await request.text();
    return redirect("/sign-in");
  });
  const body = new Response("once").body;
  const response = await session.fetch("zones", { method: "POST", body, duplex: "half" } as RequestInit);
  expect(response.status).toBe(200);
  expect(vendor.seen.filter(({ path }) => path === "/zones").map((request) => request.body)).toEqual(["once", "once"]);
});

test("the event `rejected` has the status of the response that shows the end", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ sessionEndedOn: { html: true } });
  const statuses: unknown[] = [];
  session.on("rejected", ({ status }) => statuses.push(status));
  vendor.next("/zones", page);
  await session.fetch("zones");
  expect(statuses).toEqual([200]);
});
