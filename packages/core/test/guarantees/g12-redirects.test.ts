import { describe, expect, test } from "vitest";
import { clients, followingClients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const away =
  (location: string, status = 302) =>
  () =>
    new Response(null, { status, headers: { location } });

const methodRules: [number, string, string, boolean][] = [
  [301, "POST", "GET", false],
  [302, "POST", "GET", false],
  [303, "POST", "GET", false],
  [303, "PUT", "GET", false],
  [302, "PUT", "PUT", true],
  [307, "POST", "POST", true],
  [308, "POST", "POST", true],
];

describe.each(clients)("$name", ({ open, name, usesUndici }) => {
  test("G12: a redirect to the same origin is followed with the credential", async () => {
    const vendor = fakeVendor();
    vendor.next("/old", away("/new", 301));
    const response = await open(vendor, vendor.session())("old");
    // undici does not report it.
    if (!usesUndici) expect([response.redirected, response.clone().redirected]).toEqual([true, true]);
    expect([response.status, await response.json()]).toEqual([200, { path: "/new", token: "token-1" }]);
  });

  test("G12: after a rejection behind a redirect, the session signs in once, and the call restarts at its first URL", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    vendor.next("/from", away("/to", 307));
    vendor.next("/from", away("/to", 307));
    const response = await call("from", { method: "POST", body: "payload" });
    expect(response.status).toBe(200);
    const calls = vendor.seen.filter(({ path }) => path !== "/logout");
    expect(calls.at(-1)).toMatchObject({ path: "/to", body: "payload" });
    expect(vendor.logins).toBe(2);
  });

  for (const [path, redirected] of [
    ["from", true],
    ["zones", false],
  ] as const) {
    test(`G12: a login that moves the account sends nothing more to the earlier origin: ${path}`, async () => {
      const vendor = fakeVendor();
      const session = vendor.session(
        {},
        {
          allowedOrigins: ["https://moved.example"],
          async login(context) {
            const moved = vendor.logins > 0 ? { baseUrl: new URL("https://moved.example/") } : {};
            return { ...(await vendor.flow.login(context)), ...moved };
          },
        },
      );
      const call = open(vendor, session);
      await session.login();
      vendor.revoke();
      if (redirected) vendor.next("/from", away("/to", 307));
      const wait = call(`https://vendor.example/${path}`);
      // Calls by ky below the base URL use the new origin. An absolute URL of another client does not change.
      if (name === "session.http") expect((await wait).status).toBe(200);
      else await expect(wait).rejects.toMatchObject({ code: "origin_not_allowed" });
      expect(vendor.logins).toBe(2);
      const leaked = vendor.seen.filter(
        ({ url, headers }) =>
          url.startsWith("https://vendor.example/") && /token-2/.test(`${headers.get("authorization")}`),
      );
      expect(leaked).toEqual([]);
    });
  }
});

// undici's interceptor follows redirects by its own rules. The session refuses a redirect to another origin.
describe.each(followingClients)("$name", ({ open }) => {
  test("G12: a redirect to another origin carries no credential, no cookies and only safe headers", async () => {
    const vendor = fakeVendor();
    vendor.next("/clip", away("https://storage.example/clip"));
    const headers = { "x-private": "1", cookie: "mine=1", accept: "video/mp4", range: "bytes=0-9" };
    await open(vendor, vendor.session())("clip", { headers });
    const abroad = vendor.seen.at(-1);
    expect(abroad?.url).toBe("https://storage.example/clip");
    expect(Object.fromEntries(abroad?.headers ?? [])).toEqual({
      accept: "video/mp4",
      range: "bytes=0-9",
      "user-agent": "vms-fake",
    });
  });

  test("G12: a redirect chain that has left the origin and returns stays without the credential", async () => {
    const vendor = fakeVendor();
    vendor.next("/clip", away("https://evil.example/bounce"));
    vendor.next("/bounce", away("https://vendor.example/admin/delete-all"));
    const response = await open(vendor, vendor.session())("clip");
    expect(response.status).toBe(401);
    expect(vendor.seen.at(-1)?.headers.get("authorization")).toBeNull();
    // That 401 is no rejection of the session either.
    expect(vendor.logins).toBe(1);
  });

  test("G12: the 21st redirect is an error, also in a loop", async () => {
    const vendor = fakeVendor();
    for (let n = 0; n <= 20; n++) vendor.next(`/r${n}`, away(`/r${n + 1}`));
    const call = open(vendor, vendor.session());
    await expect(call("r0")).rejects.toMatchObject({ code: "unexpected_response", message: /more than 20/ });
    expect(vendor.seen.filter(({ path }) => path.startsWith("/r"))).toHaveLength(21);
    for (let n = 0; n <= 20; n++) vendor.next("/x", away("/x"));
    await expect(call("x")).rejects.toMatchObject({ code: "unexpected_response", message: /more than 20/ });
  });

  test("G12: a page that redirects to itself twice and then responds is followed", async () => {
    const vendor = fakeVendor();
    for (const _ of "ab") vendor.next("/x", away("/x"));
    const response = await open(vendor, vendor.session())("x");
    expect([response.status, vendor.seen.filter(({ path }) => path === "/x").length]).toEqual([200, 3]);
  });

  test("G12: the bytes of a `Location` are read as UTF-8", async () => {
    const vendor = fakeVendor();
    // How `fetch` represents the bytes of a header.
    vendor.next("/x", away(Buffer.from("/zöne/東").toString("latin1")));
    await open(vendor, vendor.session())("x");
    expect(vendor.seen.at(-1)?.path).toBe("/z%C3%B6ne/%E6%9D%B1");
  });

  for (const [status, method, becomes, keeps] of methodRules) {
    test(`G12: ${method} answered ${status} continues as ${becomes} ${keeps ? "with" : "without"} its body, as in the Fetch standard`, async () => {
      const vendor = fakeVendor();
      vendor.next("/from", away("/to", status));
      await open(vendor, vendor.session())("from", { method, body: "payload", headers: { "content-type": "text/x" } });
      const last = vendor.seen.at(-1);
      expect([last?.method, last?.body, last?.headers.get("content-type")]).toEqual(
        keeps ? [becomes, "payload", "text/x"] : [becomes, "", null],
      );
    });
  }

  for (const location of [
    "javascript:alert(1)",
    "http://[",
    "ftp://x.example/",
    "https://user:made-up@vendor.example/",
  ]) {
    test(`G12: a redirect to ${location} is an error`, async () => {
      const vendor = fakeVendor();
      vendor.next("/a", away(location));
      await expect(open(vendor, vendor.session())("a")).rejects.toMatchObject({ code: "unexpected_response" });
    });
  }

  test("G12: after an extension to another origin during a redirect, the new credential is sent only there", async () => {
    const vendor = fakeVendor();
    const session = vendor.session(
      { lifetime: 60_000, renewBefore: 30_000 },
      {
        allowedOrigins: ["https://moved.example"],
        async extend() {
          vendor.live.add("token-moved");
          return { data: "token-moved", user: { name: "" }, baseUrl: new URL("https://moved.example/") };
        },
      },
    );
    const call = open(vendor, session);
    await session.login();
    const arrived = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    vendor.next("/from", async () => {
      arrived.resolve();
      await release.promise;
      return away("/to", 307)();
    });
    const wait = call("from");
    await arrived.promise;
    await vendor.clock.advance(31_000);
    await session.fetch("other");
    await settle();
    expect((await session.authorization()).headers.authorization).toBe("Bearer token-moved");
    release.resolve();
    expect(await (await wait).json()).toEqual({ path: "/to", token: "token-1" });
    expect(vendor.seen.at(-1)?.url).toBe("https://vendor.example/to");
  });
});

test.each(clients.filter(({ usesUndici }) => usesUndici))(
  "$name: G12: a redirect to another origin is refused",
  async ({ open }) => {
    const vendor = fakeVendor();
    vendor.next("/clip", away("https://storage.example/clip"));
    await expect(open(vendor, vendor.session())("clip")).rejects.toMatchObject({ code: "origin_not_allowed" });
    expect(vendor.seen.at(-1)?.path).toBe("/clip");
    expect(vendor.seen.every(({ url }) => url.startsWith("https://vendor.example/"))).toBe(true);
  },
);

test('G12: `redirect: "manual"` and `"error"` work as in fetch', async () => {
  const vendor = fakeVendor();
  vendor.next("/a", away("/b"));
  const response = await vendor.session().fetch("a", { redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([302, "/b"]);
});
