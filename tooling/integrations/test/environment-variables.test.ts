import { expect, test } from "vitest";
import { placePage } from "./page.ts";
import { serveProxy } from "./proxy.ts";
import { serveVendor } from "./vendor.ts";

const page = placePage("environment-variables");

test("Proxies: the login, the call and the sign-out of both programs go through the proxy of the environment", async () => {
  await using vendor = await serveVendor();
  await using proxy = await serveProxy();
  await page.play("Proxies", { ...vendor.environment, HTTP_PROXY: proxy.url });
  expect(vendor.server.logins).toBe(2);
  expect(vendor.server.sessions).toBe(0);
  const { host } = new URL(vendor.environment.VMS_ALTA_URL ?? "");
  expect(new Set(proxy.targets)).toEqual(new Set([host]));
  // The vendor was reached in no other way.
  expect(proxy.requests()).toBe(vendor.server.requests.length);
});
