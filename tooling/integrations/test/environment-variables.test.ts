import { expect, test } from "vitest";
import { placePage } from "./page.ts";
import { serveProxy } from "./proxy.ts";
import { playTranscript } from "./transcript.ts";
import { serveVendor } from "./vendor.ts";

const { folder } = placePage("environment-variables");

test.each(["NODE_USE_ENV_PROXY=1 node count-zones.mts", "node count-by-proxy.mts"])(
  "`%s` sends the login, the call and the sign-out through the proxy of the environment",
  async (command) => {
    await using vendor = await serveVendor();
    await using proxy = await serveProxy();
    const transcript = `$ ${command}\n3 zones\n`;
    const environment = { ...vendor.environment, HTTP_PROXY: proxy.url };
    expect(await playTranscript(transcript, folder, environment)).toBe(transcript);
    expect(vendor.server.logins).toBe(1);
    expect(vendor.server.sessions).toBe(0);
    const { host } = new URL(vendor.environment.VMS_ALTA_URL ?? "");
    expect(new Set(proxy.targets)).toEqual(new Set([host]));
    // The vendor was reached in no other way.
    expect(proxy.requests()).toBe(vendor.server.requests.length);
  },
);
