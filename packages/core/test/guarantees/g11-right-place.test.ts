import { expect, test } from "vitest";
import { createSession } from "../../src/session/create-session.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";

const insecure = [
  "http://vendor.example",
  "http://10.0.0.7:8000",
  "http://127.0.0.1.example.com",
  "http://localhost.example",
];
for (const baseUrl of insecure) {
  test(`G11: ${baseUrl} is refused before any request`, () => {
    const { flow } = fakeVendor();
    const make = (allowInsecureHttp: boolean) =>
      createSession({ ...flow, baseUrl: new URL(baseUrl) }, { credentials: CREDENTIALS, allowInsecureHttp });
    expect(() => make(false)).toThrow(expect.objectContaining({ code: "insecure_transport" }));
    expect(() => make(true)).not.toThrow();
  });
}

for (const baseUrl of [
  "http://localhost:1",
  "http://127.0.0.1:1",
  "http://127.9.9.9",
  "http://[::1]:1",
  "http://a.localhost",
]) {
  test(`G11: ${baseUrl} is local, and needs no HTTPS`, () => {
    const { flow } = fakeVendor();
    expect(() => createSession({ ...flow, baseUrl: new URL(baseUrl) }, { credentials: CREDENTIALS })).not.toThrow();
  });
}

test("G11: a redirected login does not forward the credentials", async () => {
  const vendor = fakeVendor();
  vendor.next("/login", () => new Response(null, { status: 307, headers: { location: "https://evil.example/login" } }));
  await expect(vendor.session().login()).rejects.toMatchObject({ code: "unexpected_response", status: 307 });
  expect(vendor.seen.map(({ url }) => url)).toEqual(["https://vendor.example/login"]);
});

test("G11: network errors and 5xx are retried from the start, a limited number of times", async () => {
  const vendor = fakeVendor();
  vendor.next("/login", () => Promise.reject(new TypeError("fetch failed")));
  vendor.next("/login", () => new Response(null, { status: 503 }));
  const login = vendor.session().login();
  await vendor.clock.advance(5_000);
  expect(await login).toMatchObject({ account: "operator" });
  expect(vendor.logins).toBe(1);

  for (const _ of "abcd") vendor.next("/login", () => new Response(null, { status: 500 }));
  const failing = vendor.session().login();
  const failed = expect(failing).rejects.toMatchObject({ code: "vendor_unavailable", status: 500, retryable: true });
  await vendor.clock.advance(30_000);
  await failed;
  expect(vendor.seen.filter(({ status }) => status === 500)).toHaveLength(3);
});

test("G11: other responses are not retried", async () => {
  for (const status of [400, 403, 404, 418]) {
    const vendor = fakeVendor();
    vendor.next("/login", () => new Response(null, { status }));
    await expect(vendor.session().login()).rejects.toMatchObject({ code: "unexpected_response", status });
    expect(vendor.seen).toHaveLength(1);
  }
});

test("G11: a Retry-After in seconds or as a date is respected", async () => {
  for (const form of ["seconds", "date"] as const) {
    const vendor = fakeVendor();
    const then = new Date(vendor.clock.now() + 7_000).toUTCString();
    vendor.next("/login", () => {
      return new Response(null, { status: 429, headers: { "retry-after": form === "date" ? then : "7" } });
    });
    const login = vendor.session().login();
    await vendor.clock.advance(6_900);
    expect(vendor.logins).toBe(0);
    await vendor.clock.advance(200);
    await login;
    expect(vendor.logins).toBe(1);
  }
});

test("G11: a Retry-After beyond the limit is not waited for, and the error contains it", async () => {
  const vendor = fakeVendor();
  vendor.next("/login", () => new Response(null, { status: 429, headers: { "retry-after": "3600" } }));
  await expect(vendor.session().login()).rejects.toMatchObject({ code: "rate_limited", retryAfter: 3_600_000 });
  expect(vendor.seen).toHaveLength(1);
});

test("G11: delays grow, with jitter", async () => {
  const vendor = fakeVendor();
  for (const _ of "ab") vendor.next("/login", () => new Response(null, { status: 500 }));
  const login = vendor.session({ retry: { minDelay: 1_000, maxDelay: 60_000 } }).login();
  // The random number is always one half: 500 ms, then 1,000.
  await vendor.clock.advance(499);
  expect(vendor.seen).toHaveLength(1);
  await vendor.clock.advance(1);
  expect(vendor.seen).toHaveLength(2);
  await vendor.clock.advance(999);
  expect(vendor.seen).toHaveLength(2);
  await vendor.clock.advance(1);
  await login;
});

test("G11: `timeout` limits the whole login, and leaves no timer", async () => {
  const vendor = fakeVendor();
  vendor.hold("/login");
  const login = expect(vendor.session({ timeout: 5_000 }).login()).rejects.toMatchObject({
    code: "vendor_unavailable",
    message: expect.stringContaining("5000 ms"),
  });
  await vendor.clock.advance(5_000);
  await login;
  expect(vendor.clock.pending).toBe(0);
});
