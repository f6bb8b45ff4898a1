import * as undici from "undici";
import * as undici8 from "undici8";
import { describe, expect, test } from "vitest";
import { sessionInterceptor } from "../../src/node.ts";
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

  test.each(foreign.filter(reaches))("G12: a call to %s is refused before a request is sent", async (url) => {
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

  test("G12: a caller's header with the credential's name is not sent in addition", async () => {
    const vendor = fakeVendor();
    const call = open(vendor, vendor.session());
    for (const headers of [{ Authorization: "mine" }, { AUTHORIZATION: "mine" }]) {
      await call("zones", { headers });
      expect(vendor.seen.at(-1)?.headers.get("authorization")).toBe("Bearer token-1");
    }
  });

  test.each(["Host", "host", "HOST"])(
    "G12: a call with a header %s is refused before anything is sent",
    async (name) => {
      const vendor = fakeVendor();
      const session = vendor.session();
      const call = open(vendor, session);
      for (const logins of [0, 1]) {
        for (const host of ["other.example", "vendor.example"]) {
          await expect(call("zones", { headers: { [name]: host } })).rejects.toMatchObject({
            code: "invalid_options",
            vendor: "fake",
            message: expect.stringMatching(/`Host`.*Omit the header/),
          });
        }
        expect(vendor.seen).toHaveLength(logins);
        await session.login();
      }
    },
  );

  test("G12: headers that name the caller's own host are passed on", async () => {
    const vendor = fakeVendor();
    const headers = { forwarded: "host=ours.example", "x-forwarded-host": "ours.example" };
    await open(vendor, vendor.session())("zones", { headers });
    expect(Object.fromEntries(vendor.seen.at(-1)?.headers ?? [])).toMatchObject(headers);
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

test("G12: a call to a URL with a user name is rejected before a request is sent, and the error does not quote the name", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const error = await session.fetch("https://me:made-up-canary@vendor.example/").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "invalid_options" });
  expect(String(error)).not.toContain("made-up-canary");
});

const ORIGIN = "https://vendor.example/";
const SECRET = "made-up-query-secret";
const SPELLINGS = ["token", "Token", "TOKEN", "tok%65n", "%54OKEN"];

describe.each(clients)("$name", ({ open, usesUndici }) => {
  test("G12: no response header shows a credential from the query, however its name is spelled", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({}, { authorize: () => ({ searchParams: { token: SECRET } }) });
    const call = open(vendor, session);
    const urls = SPELLINGS.flatMap((name) => {
      const url = `${ORIGIN}next?${name}=${SECRET}&a=1&t=1#b`;
      return [url, `${ORIGIN}login?to=${encodeURIComponent(url)}`, `/${encodeURIComponent(url)}`];
    });
    for (const url of urls) {
      const headers = {
        location: url,
        "content-location": url,
        refresh: `5; url='${url}'`,
        link: `<${url}>; rel="next", <${url}>; rel="self"`,
        "x-original-url": url,
      };
      vendor.next("/zones", () => new Response(null, { status: usesUndici ? 200 : 302, headers }));
      const response = await call("zones", { redirect: "manual" } as object);
      for (const name of Object.keys(headers)) {
        expect(response.headers.get(name), `${name} of ${url}`).toMatch(/vendor\.example.*next.*a.*1/);
        expect(response.headers.get(name), `${name} of ${url}`).not.toContain(SECRET);
      }
    }
  });
});

test("G12: a flow's own origins are checked when a session is created", () => {
  const vendor = fakeVendor();
  for (const origin of ["https://*.com", "https://*.co.uk", "media.example.com"]) {
    expect(() => vendor.session({}, { allowedOrigins: [origin] })).toThrow(/`allowedOrigins` of the flow must/);
  }
});

describe.each([undici, undici8 as unknown as typeof undici])("undici", ({ Agent, request }) => {
  test("G12: a request with a `servername` of another site is refused before anything is sent", async () => {
    const vendor = fakeVendor();
    const dispatcher = new Agent().compose(sessionInterceptor(vendor.session()), (dispatch) => (options, handler) => {
      return dispatch({ ...options, servername: "other.example" } as typeof options, handler);
    });
    await expect(request(`${ORIGIN}zones`, { dispatcher })).rejects.toMatchObject({ code: "invalid_options" });
    expect(vendor.seen).toHaveLength(0);
  });
});
