import { expect, test } from "vitest";
import type { AccessLogEntry } from "../src/index.ts";
import { listening, rawCall, servedVendor, sessionAt, WRONG_PASSWORD } from "./feature-support.ts";

test("the credential is not served by default", async () => {
  const at = await servedVendor();
  const { call } = await listening({ session: sessionAt(at) });
  expect((await call("/authorization")).status).toBe(404);
  expect(at.simulator.requests.at(-1)?.path).toBe("/authorization");
});

test("a program with the token in a header gets the credential, which works", async () => {
  const at = await servedVendor();
  const entries: AccessLogEntry[] = [];
  const { call } = await listening({
    sessions: { acme: sessionAt(at, { lifetime: 3_600_000 }) },
    authorizationEndpoint: true,
    accessLog: (entry) => void entries.push(entry),
  });
  const response = await call("/acme/authorization");
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(response.headers.get("content-type")).toBe("application/json");
  const { url, headers, ...others } = await response.json();
  expect(others).toEqual({ searchParams: {}, expiresAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/?$/);
  const direct = await fetch(new URL("api/v1/me", at.baseUrl), { headers: { ...headers, "user-agent": "test" } });
  expect(direct.status).toBe(200);
  expect(entries).toMatchObject([{ session: "acme", path: "/acme/authorization", status: 200 }]);
  for (const value of Object.values(headers)) expect(JSON.stringify(entries)).not.toContain(value);
});

test("it is refused without the token, to browsers, and for other methods", async () => {
  const at = await servedVendor();
  const { call, port, proxy, bearer, url } = await listening({ session: sessionAt(at), authorizationEndpoint: true });
  expect((await fetch(`${url}/authorization`)).status).toBe(401);
  const opened = await rawCall(port, `/?vms_token=${proxy.token}`, {});
  const cookie = opened.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  const refused: Record<string, string>[] = [
    { cookie, "sec-fetch-site": "same-origin" },
    { cookie, "sec-fetch-site": "none", "sec-fetch-mode": "navigate" },
    { ...bearer, "sec-fetch-site": "same-origin" },
    { ...bearer, "sec-fetch-dest": "empty" },
    { ...bearer, origin: url, host: new URL(url).host },
  ];
  for (const headers of refused) {
    const { status, text, headers: sent } = await rawCall(port, "/authorization", headers);
    expect([status, sent["vms-proxy-error"]]).toEqual([403, "no_browsers"]);
    expect(text).not.toContain("cookie");
  }
  for (const method of ["POST", "HEAD", "PUT"]) {
    expect((await call("/authorization", { method })).status).toBe(405);
  }
  const inQuery = await rawCall(port, `/authorization?vms_token=${proxy.token}`, {});
  expect(inQuery.status).toBe(303);
  expect(inQuery.text).not.toMatch(/headers/);
});

test("a failed login is answered like that of another request", async () => {
  const at = await servedVendor();
  const { call } = await listening({ session: sessionAt(at, WRONG_PASSWORD), authorizationEndpoint: true });
  const { status, headers } = await call("/authorization");
  expect([status, headers.get("vms-proxy-error")]).toEqual([401, "invalid_credentials"]);
});
