import { describe, expect, test } from "vitest";
import { createAdminTokenServer, createAltaServer, createClock, createEagleEyeServer } from "../src/index.ts";
import { held } from "./held.ts";
import { call, json } from "./requests.ts";

const moved = (location: string, status = 302) => ({ status, headers: { location } });

describe("the in-process fetch", () => {
  test("accepts a string, a URL and a Request", async () => {
    const alta = createAltaServer();
    const url = `${alta.baseUrl}/api/v1/me`;
    for (const input of [url, new URL(url), new Request(url)]) expect((await alta.fetch(input)).status).toBe(401);
    expect(alta.requests).toHaveLength(3);
  });

  test("lets init override a Request", async () => {
    const alta = createAltaServer();
    await alta.fetch(new Request(`${alta.baseUrl}/api/v1/me`, { headers: { "x-from": "request" } }), {
      method: "POST",
      headers: { "x-from": "init" },
      body: "hello",
    });
    const [received] = alta.requests;
    expect([received!.method, received!.headers.get("x-from"), received!.body]).toEqual(["POST", "init", "hello"]);
  });

  test("consumes the body of a Request, like fetch", async () => {
    const alta = createAltaServer();
    const request = new Request(`${alta.baseUrl}/api/v1/dologin`, json(alta.account));
    await alta.fetch(request);
    expect(request.bodyUsed).toBe(true);
    await expect(alta.fetch(request)).rejects.toThrow(TypeError);
  });

  test("accepts a stream as a body", async () => {
    const alta = createAltaServer();
    const body = new Blob([JSON.stringify(alta.account)]).stream();
    const init = { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" };
    expect((await call(alta, "api/v1/dologin", init)).status).toBe(200);
  });

  test("reaches no other host", async () => {
    const alta = createAltaServer();
    const wrong = alta.fetch("https://elsewhere.example/api/v1/me");
    await expect(wrong).rejects.toThrow(new TypeError("fetch failed"));
    await expect(wrong).rejects.toMatchObject({ cause: { code: "ENOTFOUND" } });
    expect(alta.requests).toHaveLength(0);
  });

  test("reaches Eagle Eye on each of its hosts", async () => {
    const eagleeye = createEagleEyeServer();
    for (const label of ["login", "c001", "acme"]) {
      expect((await eagleeye.fetch(`https://${label}.eagleeyenetworks.com/g/aaa/isauth`)).status).toBe(401);
    }
    await expect(eagleeye.fetch("https://eagleeyenetworks.com.evil.example/g/user")).rejects.toThrow("fetch failed");
  });

  test("sets the response's url, without the fragment", async () => {
    const alta = createAltaServer();
    const response = await call(alta, "api/v1/me?a=1#part");
    expect(response.url).toBe(`${alta.baseUrl}/api/v1/me?a=1`);
    expect(response.redirected).toBe(false);
  });

  test("returns a 204 without a body", async () => {
    const alta = createAltaServer();
    alta.script({ status: 204, body: "ignored" });
    const response = await call(alta, "api/v1/me");
    expect([response.status, await response.text()]).toEqual([204, ""]);
  });

  test("responds to HEAD without a body", async () => {
    const alta = createAltaServer();
    alta.script({ body: "long" });
    expect(await (await call(alta, "api/v1/me", { method: "HEAD" })).text()).toBe("");
  });

  test("rejects an invalid status", async () => {
    const alta = createAltaServer();
    alta.script({ status: 999 });
    await expect(call(alta, "api/v1/me")).rejects.toThrow("fetch failed");
  });
});

describe("a redirect", () => {
  test("is returned in the mode manual", async () => {
    const alta = createAltaServer();
    alta.script(moved("/api/v1/me"));
    const response = await call(alta, "old", { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, "/api/v1/me"]);
    expect(alta.requests).toHaveLength(1);
  });

  test("rejects in the mode error", async () => {
    const alta = createAltaServer();
    alta.script(moved("/api/v1/me"));
    await expect(call(alta, "old", { redirect: "error" })).rejects.toThrow("fetch failed");
  });

  test("is followed by default, with the caller's headers", async () => {
    const alta = createAltaServer();
    alta.script(moved("/api/v1/me"));
    const response = await call(alta, "old", { headers: { cookie: "va=1" } });
    expect([response.status, response.redirected, response.url]).toEqual([401, true, `${alta.baseUrl}/api/v1/me`]);
    expect(alta.requests[1]!.headers.get("cookie")).toBe("va=1");
  });

  test.for([
    [302, "POST", "GET", ""],
    [303, "PUT", "GET", ""],
    [307, "POST", "POST", "{}"],
    [308, "PUT", "PUT", "{}"],
  ] as const)("of %i turns %s into %s", async ([status, method, then, body]) => {
    const alta = createAltaServer();
    alta.script(moved("/new", status));
    await call(alta, "old", { method, headers: { "content-type": "application/json" }, body: "{}" });
    const second = alta.requests[1]!;
    expect([second.method, second.body]).toEqual([then, body]);
    expect(second.headers.get("content-type")).toBe(body === "" ? null : "application/json");
  });

  test("to another host of the vendor carries no credentials", async () => {
    const eagleeye = createEagleEyeServer();
    eagleeye.script(moved("https://c002.eagleeyenetworks.com/g/user"));
    await call(eagleeye, "g/user", { headers: { cookie: "auth_key=1", authorization: "x", accept: "a/b" } });
    const { headers } = eagleeye.requests[1]!;
    expect([headers.get("cookie"), headers.get("authorization"), headers.get("accept")]).toEqual([null, null, "a/b"]);
  });

  test("is followed at most twenty times", async () => {
    const alta = createAltaServer();
    alta.script({ ...moved("/round"), times: 100 });
    await expect(call(alta, "round")).rejects.toThrow("fetch failed");
    expect(alta.requests).toHaveLength(21);
  });
});

describe("an abort", () => {
  test("before the call prevents it", async () => {
    const alta = createAltaServer();
    await expect(call(alta, "api/v1/me", { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(alta.requests).toHaveLength(0);
  });

  test("immediately after the call also rejects", async () => {
    const alta = createAltaServer();
    alta.script({ delay: 3_600_000 });
    const abort = new AbortController();
    const pending = call(alta, "api/v1/me", { signal: abort.signal });
    abort.abort(new Error("left"));
    await expect(pending).rejects.toThrow("left");
  });

  test("ends the wait for a held response with the signal's reason", async () => {
    const alta = createAltaServer();
    const { promise } = held();
    alta.script({ delay: promise });
    const abort = new AbortController();
    const pending = call(alta, "api/v1/me", { signal: abort.signal });
    await expect.poll(() => alta.requests.length).toBe(1);
    abort.abort(new Error("left"));
    await expect(pending).rejects.toThrow("left");
  });

  test("ends the wait for a delayed response", async () => {
    const alta = createAltaServer();
    alta.script({ delay: 3_600_000 });
    const abort = new AbortController();
    const pending = call(alta, "api/v1/me", { signal: abort.signal });
    await expect.poll(() => alta.requests.length).toBe(1);
    abort.abort();
    await expect(pending).rejects.toMatchObject({ name: "AbortError" });
  });

  test("ends the wait for a stalled body", async () => {
    const alta = createAltaServer();
    alta.script({ status: 200, body: "abcdef", stall: "in-body" });
    const abort = new AbortController();
    const response = await call(alta, "api/v1/me", { signal: abort.signal });
    const text = response.text();
    abort.abort(new Error("left"));
    await expect(text).rejects.toThrow("left");
  });
});

describe("the Date header", () => {
  const start = Date.UTC(2030, 0, 1);

  test("has the clock's time", async () => {
    const alta = createAltaServer({ clock: createClock(start) });
    expect((await call(alta, "x")).headers.get("date")).toBe("Tue, 01 Jan 2030 00:00:00 GMT");
  });

  test("can have an offset", async () => {
    const admin = createAdminTokenServer({ clock: createClock(start), dateHeader: 60_000 });
    expect((await call(admin, "x")).headers.get("date")).toBe("Tue, 01 Jan 2030 00:01:00 GMT");
  });

  test("can be missing", async () => {
    const alta = createAltaServer({ dateHeader: false });
    expect((await call(alta, "x")).headers.has("date")).toBe(false);
  });

  test("is also set on a scripted response, unless the script sets one", async () => {
    const alta = createAltaServer({ clock: createClock(start) });
    alta.script({ status: 503 });
    alta.script({ status: 503, headers: { date: "never" } });
    expect((await call(alta, "x")).headers.get("date")).toBe("Tue, 01 Jan 2030 00:00:00 GMT");
    expect((await call(alta, "x")).headers.get("date")).toBe("never");
  });
});
