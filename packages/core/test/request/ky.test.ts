import ky, { type Options } from "ky";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { fakeVendor } from "../fake-vendor.ts";

const BASE = "https://vendor.example/rest/";

function open(baseUrl = BASE) {
  const vendor = fakeVendor();
  const session = vendor.session({}, { baseUrl: new URL(baseUrl) });
  const urls = () => vendor.seen.filter(({ path }) => !path.endsWith("/login")).map(({ url }) => url);
  return { vendor, session, http: session.http, urls };
}

describe("session.http", () => {
  for (const [path, url] of [
    ["zones", "https://vendor.example/rest/zones"],
    ["/zones", "https://vendor.example/rest/zones"],
    ["/zones/1/", "https://vendor.example/rest/zones/1/"],
    ["zones?a=1", "https://vendor.example/rest/zones?a=1"],
    ["/zones:search", "https://vendor.example/rest/zones:search"],
    ["./zones:search", "https://vendor.example/rest/zones:search"],
    ["/\tzones", "https://vendor.example/rest/zones"],
    ["https://vendor.example/other", "https://vendor.example/other"],
    [new URL("https://vendor.example/other"), "https://vendor.example/other"],
  ] as const) {
    test(`joins ${JSON.stringify(path)} below a base with a path, as session.fetch does`, async () => {
      const { session, http, urls } = open();
      await session.fetch(path);
      await http.get(path);
      await http(path);
      expect(urls()).toEqual([url, url, url]);
    });
  }

  for (const path of [
    "../up",
    "/a/../b",
    "a b ",
    "?a=1",
    "#part",
    "a\\b",
    "/\\b",
    "ä/ö",
    "a%2Fb",
    " a",
    "\ta",
    ".",
    "",
  ]) {
    test(`joins ${JSON.stringify(path)} to the same URL as ky does`, async () => {
      const { http } = open();
      const sent = async (client: typeof ky, input: string) => {
        const seen: string[] = [];
        const beforeRequest = [
          ({ request }: { request: Request }) => {
            seen.push(request.url);
            return new Response();
          },
        ];
        await client.get(input, { hooks: { beforeRequest } });
        return seen;
      };
      const below = path.replace(/^\/(?![/\\])/, "./");
      expect(await sent(http, path)).toEqual(await sent(ky.create({ baseUrl: BASE }), below));
    });
  }

  test("a base of an instance or of a call has priority", async () => {
    const { http, urls } = open();
    const baseUrl = "https://vendor.example/other/";
    await http.extend({ baseUrl }).get("zones");
    await http.get("zones", { baseUrl });
    expect(urls()).toEqual(Array(2).fill("https://vendor.example/other/zones"));
  });

  test("a base or a prefix that a hook sets has priority", async () => {
    const { http, urls } = open();
    const setting = (change: Options) => ({
      hooks: { init: [(options: Options) => void Object.assign(options, change)] },
    });
    const prefixing = setting({ prefix: "v1" });
    const moving = setting({ baseUrl: "https://vendor.example/other/" });
    for (const client of [http.extend(prefixing), http.extend(moving)]) await client.get("zones");
    for (const options of [prefixing, moving]) await http.get("zones", options);
    const expected = ["https://vendor.example/rest/v1/zones", "https://vendor.example/other/zones"];
    expect(urls()).toEqual([...expected, ...expected]);
  });

  test("has every method of ky", async () => {
    const { http, vendor } = open();
    for (const method of ["get", "post", "put", "patch", "head", "delete"] as const) {
      await http[method]("/zones");
      expect(vendor.seen.at(-1)).toMatchObject({ method: method.toUpperCase(), path: "/rest/zones" });
    }
  });

  for (const prefix of ["v1", "v1/", "/v1", "/v1/"]) {
    for (const path of ["zones", "/zones"]) {
      test(`with a prefix of ${prefix}, ${path} is below the base and the prefix`, async () => {
        const { http, urls } = open();
        await http.extend({ prefix }).get(path);
        await http.create({ prefix }).get(path);
        await http.get(path, { prefix });
        expect(urls()).toEqual(Array(3).fill("https://vendor.example/rest/v1/zones"));
      });
    }
  }

  test("adds search parameters in each form", async () => {
    const { http, urls } = open();
    await http.get("zones", { searchParams: { a: 1, b: "x y" } });
    await http.get("zones?a=1", { searchParams: "b=x+y" });
    await http.get("zones", {
      searchParams: new URLSearchParams([
        ["a", "1"],
        ["b", "x y"],
      ]),
    });
    expect(urls()).toEqual(Array(3).fill("https://vendor.example/rest/zones?a=1&b=x+y"));
  });

  test("extend() and create() keep the session's fetch and base at any depth", async () => {
    const { vendor, http, urls } = open();
    const extended = http.extend({ headers: { "x-own": "1" } }).extend((defaults) => {
      expect(defaults.baseUrl).toBe(BASE);
      return { headers: { "x-more": "2" } };
    });
    for (const client of [extended, http.create(), http.create({ headers: { "x-own": "1" } }), extended.create()]) {
      await client.get("/zones");
      expect(vendor.seen.at(-1)?.headers.get("authorization")).toBe("Bearer token-1");
    }
    expect(urls()).toEqual(Array(4).fill("https://vendor.example/rest/zones"));
    const [first] = vendor.seen.filter(({ path }) => path.endsWith("/zones"));
    expect([first?.headers.get("x-own"), first?.headers.get("x-more")]).toEqual(["1", "2"]);
    // An instance of create() has none of the options that extend() added.
    expect(vendor.seen.at(-1)?.headers.get("x-own")).toBeNull();
  });

  test("JSON that an instance serialises itself is sent unchanged, also after a rejection", async () => {
    const { vendor, session, http } = open();
    const custom = http.extend({ stringifyJson: (data) => `custom:${JSON.stringify(data)}` });
    await session.login();
    vendor.revoke();
    await custom.post("zones", { json: { a: 1 } });
    const bodies = vendor.seen.filter(({ path }) => path.endsWith("/zones")).map(({ body }) => body);
    expect(bodies).toEqual(Array(2).fill('custom:{"a":1}'));
  });

  test("JSON that a call serialises itself is sent unchanged, also after a rejection", async () => {
    const { vendor, session, http } = open();
    await session.login();
    vendor.revoke();
    await http.post("zones", { json: { a: 1 }, stringifyJson: (data) => `custom:${JSON.stringify(data)}` });
    const bodies = vendor.seen.filter(({ path }) => path.endsWith("/zones")).map(({ body }) => body);
    expect(bodies).toEqual(Array(2).fill('custom:{"a":1}'));
  });

  test("a call does not change its options", async () => {
    const { http } = open();
    const options = Object.freeze({ json: Object.freeze({ a: 1 }), retry: Object.freeze({ limit: 0 }) });
    await http.post("zones", options);
    expect(Object.keys(options)).toEqual(["json", "retry"]);
  });

  test("ky retries a 503 itself, with the credential", async () => {
    const { vendor, http } = open();
    vendor.next("/zones", () => new Response(null, { status: 503 }));
    expect((await http.get("zones", { retry: { limit: 1, delay: () => 0 } })).status).toBe(200);
    const calls = vendor.seen.filter(({ path }) => path.endsWith("/zones"));
    expect(calls.map(({ status }) => status)).toEqual([503, 200]);
    for (const { headers } of calls) expect(headers.get("authorization")).toBe("Bearer token-1");
    expect(vendor.logins).toBe(1);
  });

  test("ky retries a 503 of a call with a body, with that body", async () => {
    const { vendor, http } = open();
    vendor.next("/zones", () => new Response(null, { status: 503 }));
    await http.put("zones", { json: { a: 1 }, retry: { limit: 1, delay: () => 0 } });
    expect(vendor.seen.slice(1).map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
  });

  test("ky does not retry if the login failed", async () => {
    const vendor = fakeVendor();
    vendor.next("/login", () => new Response(null, { status: 418 }));
    await expect(vendor.session().http.get("zones")).rejects.toMatchObject({
      code: "unexpected_response",
      status: 418,
    });
    expect(vendor.seen).toHaveLength(1);
  });

  test("ky has no time limit and no retries of its own, unless a caller sets them", async () => {
    const vendor = fakeVendor();
    const { http } = vendor.session();
    vendor.next("/zones", () => new Response(null, { status: 503 }));
    await expect(http.get("zones")).rejects.toMatchObject({ name: "HTTPError" });
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const held = vendor.hold("/zones");
    const slow = http.get("zones");
    await held.arrived;
    await vi.advanceTimersByTimeAsync(3_600_000);
    held.release();
    expect((await slow).status).toBe(200);
    vi.useRealTimers();
    vendor.next("/zones", () => new Response(null, { status: 503 }));
    expect((await http.extend({ retry: { limit: 1, delay: () => 0 } }).get("zones")).status).toBe(200);
  });

  test("ky's timeout ends a call, and the session stays usable", async () => {
    const { vendor, session, http } = open();
    await session.login();
    const held = vendor.hold("/zones");
    await expect(http.get("zones", { timeout: 10, retry: 0 })).rejects.toMatchObject({ name: "TimeoutError" });
    held.release();
    expect((await http.get("zones")).status).toBe(200);
    expect(vendor.logins).toBe(1);
  });

  test("a signal aborts a call with its reason", async () => {
    const { vendor, session, http } = open();
    await session.login();
    const held = vendor.hold("/zones");
    const leaver = new AbortController();
    const call = http.get("zones", { signal: leaver.signal });
    await held.arrived;
    leaver.abort(new Error("my reason"));
    await expect(call).rejects.toThrow("my reason");
    held.release();
  });

  test("hooks run as in ky, and their changes are sent", async () => {
    const { vendor, http } = open();
    const ran: string[] = [];
    const hooked = http.extend({
      hooks: {
        beforeRequest: [
          ({ request }) => {
            ran.push("beforeRequest");
            request.headers.set("x-hook", "1");
          },
        ],
        afterResponse: [({ response }) => void ran.push(`afterResponse ${response.status}`)],
        beforeError: [
          ({ error }) => {
            ran.push(`beforeError ${error.name}`);
            return error;
          },
        ],
      },
    });
    await hooked.get("/zones");
    vendor.next("/zones", () => new Response(null, { status: 404 }));
    await expect(hooked.get("zones", { retry: 0 })).rejects.toMatchObject({ name: "HTTPError" });
    expect(ran).toEqual([
      "beforeRequest",
      "afterResponse 200",
      "beforeRequest",
      "afterResponse 404",
      "beforeError HTTPError",
    ]);
    expect(vendor.seen.filter(({ headers }) => headers.get("x-hook") === "1")).toHaveLength(2);
  });

  test("a hook that returns a response sends nothing", async () => {
    const { vendor, http } = open();
    const response = await http.get("zones", { hooks: { beforeRequest: [() => new Response("mine")] } });
    expect(await response.text()).toBe("mine");
    expect(vendor.seen).toHaveLength(0);
  });

  test("a hook that sends another request sends it with the credential", async () => {
    const { vendor, http } = open();
    const other = new Request("https://vendor.example/rest/other");
    await http.get("zones", { hooks: { beforeRequest: [() => other] } });
    expect(vendor.seen.at(-1)).toMatchObject({ path: "/rest/other", status: 200 });
  });

  test("`throwHttpErrors: false` returns the response, and `.json()` its body", async () => {
    const { vendor, http } = open();
    expect(await http.get("zones").json()).toEqual({ path: "/rest/zones", token: "token-1" });
    vendor.next("/zones", () => new Response("gone", { status: 410 }));
    const response = await http.get("zones", { throwHttpErrors: false });
    expect([response.status, await response.text()]).toEqual([410, "gone"]);
  });

  test("its constants are those of ky", async () => {
    const { default: ky } = await import("ky");
    const { http } = open();
    expect([http.stop, http.extend({}).stop]).toEqual([ky.stop, ky.stop]);
    expect(http.retry).toBe(ky.retry);
  });
});
