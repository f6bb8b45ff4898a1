import { describe, expect, test } from "vitest";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";

const foreign = [
  "https://evil.example/zones",
  " https://evil.example/zones",
  "//evil.example/zones",
  "/\\evil.example",
  "\\\\evil.example",
  "https://vendor.example.evil.example/",
  "https://vendor.example@evil.example/",
  "http://vendor.example/zones",
  "https://vendor.example:8443/zones",
  "data:text/plain,x",
  "file:///etc/hostname",
];

describe.each(clients)("$name", ({ open, name, usesUndici }) => {
  // ky itself refuses a URL with a user name in it, and reads a leading backslash as a path. undici refuses other schemes.
  const reaches = (url: string) =>
    name === "session.http" ? !url.startsWith("\\") && !url.includes("@") : !(usesUndici && /^(data|file):/.test(url));

  test.each(foreign.filter(reaches))("G12: a call to %s is refused before anything is sent", async (url) => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    vendor.seen.length = 0;
    await expect(call(url)).rejects.toMatchObject({ code: "origin_not_allowed" });
    expect(vendor.seen).toHaveLength(0);
  });

  test("G12: only an allowed origin, or one label below a wildcard, receives the credential", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ allowedOrigins: ["https://media.example", "https://*.cdn.example"] });
    const call = open(vendor, session);
    await call("https://media.example/clip");
    await call("https://eu.cdn.example/clip");
    expect(vendor.seen.slice(1).every(({ headers }) => headers.get("authorization") === "Bearer token-1")).toBe(true);
    for (const url of [
      "https://a.b.cdn.example/",
      "https://cdn.example/",
      "https://eucdn.example/",
      "https://media.example:1/",
    ]) {
      await expect(call(url)).rejects.toMatchObject({ code: "origin_not_allowed" });
    }
  });

  test("G12: a caller's header with the credential's name is not sent in addition, and neither is another host", async () => {
    const vendor = fakeVendor();
    const call = open(vendor, vendor.session());
    for (const headers of [{ Authorization: "mine" }, { AUTHORIZATION: "mine", Host: "other.example" }]) {
      await call("zones", { headers });
      expect(vendor.seen.at(-1)?.headers.get("authorization")).toBe("Bearer token-1");
      expect(vendor.seen.at(-1)?.headers.get("host")).not.toBe("other.example");
    }
  });
});

for (const url of ["/https://evil.example", "x/../../..//evil.example", "ht\ntps://evil.example"]) {
  test(`G12: ${JSON.stringify(url)} is a path below the base URL`, async () => {
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
  test(`G12: on ${base}, ${path} is ${joined}`, async () => {
    const vendor = fakeVendor();
    const session = vendor.session({}, { baseUrl: new URL(base) });
    await session.fetch(path);
    if (!path.startsWith("?")) await session.http.get(path);
    const urls = vendor.seen.filter(({ path: seen }) => !seen.endsWith("/login")).map(({ url }) => url);
    expect(new Set(urls.map((url) => url.split("#")[0]))).toEqual(new Set([joined]));
  });
}

test("G12: a caller's header with the credential's name is not sent in addition", async () => {
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

test("G12: a call to a URL with a user name is rejected before anything is sent, and the error does not quote the name", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const error = await session.fetch("https://me:made-up-canary@vendor.example/").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "invalid_options" });
  expect(String(error)).not.toContain("made-up-canary");
});
