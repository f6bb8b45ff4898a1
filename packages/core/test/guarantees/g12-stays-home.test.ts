import { expect, test } from "vitest";
import { fakeVendor } from "../fake-vendor.ts";

const away =
  (location: string, status = 302) =>
  () =>
    new Response(null, { status, headers: { location } });

for (const url of [
  "https://evil.example/zones",
  "//evil.example/zones",
  "/\\evil.example",
  "\\\\evil.example",
  "https://vendor.example.evil.example/",
  "https://vendor.example@evil.example/",
  "http://vendor.example/zones",
  "https://vendor.example:8443/zones",
  "data:text/plain,x",
  "file:///etc/hostname",
]) {
  test(`L12: a call to ${url} is refused before anything is sent`, async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.login();
    vendor.seen.length = 0;
    await expect(session.fetch(url)).rejects.toMatchObject({ code: "origin_not_allowed" });
    // ky itself refuses a URL with a user name in it, and reads a leading backslash as a path.
    if (!url.startsWith("\\") && !url.includes("@")) {
      await expect(session.http.get(url)).rejects.toMatchObject({ code: "origin_not_allowed" });
    }
    expect(vendor.seen).toHaveLength(0);
  });
}

for (const url of [
  "/https://evil.example",
  "x/../../..//evil.example",
  " https://evil.example",
  "ht\ntps://evil.example",
]) {
  test(`L12: ${JSON.stringify(url)} is a path below the base URL`, async () => {
    const vendor = fakeVendor();
    await vendor.session().fetch(url);
    expect(vendor.seen.every((seen) => new URL(seen.url).origin === "https://vendor.example")).toBe(true);
  });
}

for (const [base, path, joined] of [
  ["https://vendor.example/", "zones", "https://vendor.example/zones"],
  ["https://vendor.example/", "/zones", "https://vendor.example/zones"],
  ["https://vendor.example/rest/", "/zones?a=1#b", "https://vendor.example/rest/zones?a=1"],
  ["https://vendor.example/rest/", "zones", "https://vendor.example/rest/zones"],
  ["https://vendor.example/rest/", "?a=1", "https://vendor.example/rest?a=1"],
  ["https://vendor.example/rest/", "https://vendor.example/other", "https://vendor.example/other"],
] as const) {
  test(`L12: on ${base}, ${path} is ${joined}`, async () => {
    const vendor = fakeVendor();
    const session = vendor.session({}, { baseUrl: new URL(base) });
    await session.fetch(path);
    if (!path.startsWith("?")) await session.http.get(path);
    const urls = vendor.seen.filter(({ path: seen }) => !seen.endsWith("/login")).map(({ url }) => url);
    expect(new Set(urls.map((url) => url.split("#")[0]))).toEqual(new Set([joined]));
  });
}

test("L12: an allowed origin sees the credential, a label beneath a starred one too, nothing else", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ allowedOrigins: ["https://media.example", "https://*.cdn.example"] });
  await session.fetch("https://media.example/clip");
  await session.fetch("https://eu.cdn.example/clip");
  expect(vendor.seen.slice(1).every(({ headers }) => headers.get("authorization") === "Bearer token-1")).toBe(true);
  for (const url of [
    "https://a.b.cdn.example/",
    "https://cdn.example/",
    "https://eucdn.example/",
    "https://media.example:1/",
  ]) {
    await expect(session.fetch(url)).rejects.toMatchObject({ code: "origin_not_allowed" });
  }
});

test("L12: a redirect at home is followed with the credential", async () => {
  const vendor = fakeVendor();
  vendor.next("/old", away("/new", 301));
  const response = await vendor.session().fetch("old");
  expect(await response.json()).toEqual({ path: "/new", token: "token-1" });
  expect([response.redirected, response.status]).toEqual([true, 200]);
});

test("L12: a redirect that leaves home goes without credential, cookies and all headers but the safe ones", async () => {
  const vendor = fakeVendor();
  vendor.next("/clip", away("https://storage.example/clip"));
  const headers = { "x-private": "1", cookie: "mine=1", accept: "video/mp4", range: "bytes=0-9" };
  await vendor.session().fetch("clip", { headers });
  const abroad = vendor.seen.at(-1);
  expect(abroad?.url).toBe("https://storage.example/clip");
  expect(Object.fromEntries(abroad?.headers ?? [])).toEqual({
    accept: "video/mp4",
    range: "bytes=0-9",
    "user-agent": "vms-fake",
  });
});

test("L12: a chain that left home and comes back stays without the credential", async () => {
  const vendor = fakeVendor();
  vendor.next("/clip", away("https://evil.example/bounce"));
  vendor.next("/bounce", away("https://vendor.example/admin/delete-all"));
  const session = vendor.session();
  const response = await session.fetch("clip");
  expect(response.status).toBe(401);
  expect(vendor.seen.at(-1)?.headers.get("authorization")).toBeNull();
  // Nor is that 401 a rejection of the session.
  expect(vendor.logins).toBe(1);
});

test("L12: the 21st redirect is an error, and so is a circle", async () => {
  const vendor = fakeVendor();
  for (let n = 0; n <= 20; n++) vendor.next(`/r${n}`, away(`/r${n + 1}`));
  const session = vendor.session();
  await expect(session.fetch("r0")).rejects.toMatchObject({ code: "unexpected_response", message: /more than 20/ });
  expect(vendor.seen.filter(({ path }) => path.startsWith("/r"))).toHaveLength(21);
  for (const _ of "ab") {
    vendor.next("/x", away("/y"));
    vendor.next("/y", away("/x"));
  }
  await expect(session.fetch("x")).rejects.toMatchObject({ code: "unexpected_response", message: /circle/ });
});

const methodRules: [number, string, string, boolean][] = [
  [301, "POST", "GET", false],
  [302, "POST", "GET", false],
  [303, "POST", "GET", false],
  [303, "PUT", "GET", false],
  [302, "PUT", "PUT", true],
  [307, "POST", "POST", true],
  [308, "POST", "POST", true],
];
for (const [status, method, becomes, keeps] of methodRules) {
  test(`L12: ${method} answered ${status} goes on as ${becomes} ${keeps ? "with" : "without"} its body, as the Fetch standard has it`, async () => {
    const vendor = fakeVendor();
    vendor.next("/from", away("/to", status));
    await vendor.session().fetch("from", { method, body: "payload", headers: { "content-type": "text/x" } });
    const last = vendor.seen.at(-1);
    expect([last?.method, last?.body, last?.headers.get("content-type")]).toEqual(
      keeps ? [becomes, "payload", "text/x"] : [becomes, "", null],
    );
  });
}

test('L12: `redirect: "manual"` and `"error"` mean what they mean to fetch', async () => {
  const vendor = fakeVendor();
  vendor.next("/a", away("/b"));
  const response = await vendor.session().fetch("a", { redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([302, "/b"]);
});

test("L12: a redirect to a refused session signs in once and starts again", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.revoke();
  vendor.next("/from", away("/to", 307));
  vendor.next("/from", away("/to", 307));
  const response = await session.fetch("from", { method: "POST", body: "payload" });
  expect(response.status).toBe(200);
  expect(vendor.seen.at(-1)).toMatchObject({ path: "/to", body: "payload" });
  expect(vendor.logins).toBe(2);
});

for (const location of [
  "javascript:alert(1)",
  "http://[",
  "ftp://x.example/",
  "https://user:made-up@vendor.example/",
]) {
  test(`L12: a redirect to ${location} is an error`, async () => {
    const vendor = fakeVendor();
    vendor.next("/a", away(location));
    await expect(vendor.session().fetch("a")).rejects.toMatchObject({ code: "unexpected_response" });
  });
}

test("L12: a caller's own header of the credential's name does not go out beside it", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  for (const headers of [
    { Authorization: "mine" },
    new Headers({ authorization: "mine" }),
    [["AUTHORIZATION", "mine"]],
  ]) {
    await session.fetch("zones", { headers: headers as HeadersInit });
    expect(vendor.seen.at(-1)?.headers.get("authorization")).toBe("Bearer token-1");
  }
});

test("L12: a call to a URL with a user name in it is refused before anything is sent, and the error does not quote it", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const error = await session.fetch("https://me:made-up-canary@vendor.example/").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "invalid_options" });
  expect(String(error)).not.toContain("made-up-canary");
});
