import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { startVendor } from "./vendor.ts";

/** In MB. */
const LIMIT = 60;

interface Growth {
  readonly rss: number;
  readonly external: number;
}

interface Measured {
  /** An upload and a download of 200 MB, without redirects. */
  readonly up: Growth;
  readonly down: Growth;
  /** An upload of 50 MB that a redirect may repeat, which Node's `fetch` buffers. */
  readonly kept: Growth;
}

test("a session does not buffer streams of 200 MB in either direction", {
  timeout: 240_000,
}, async () => {
  const vendor = await startVendor();
  const { origin } = await startVendor({ isPublic: true });
  const { username, password } = vendor.simulator.account;
  const child = spawn(process.execPath, ["--expose-gc", join(import.meta.dirname, "memory-child.ts")], {
    env: {
      VMS_ALTA_URL: vendor.origin,
      VMS_PUBLIC_URL: origin,
      VMS_ALTA_USERNAME: username,
      VMS_ALTA_PASSWORD: password,
    },
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(err).toBe("");
  const { bare, ...measured } = JSON.parse(out) as Record<string, Measured>;
  expect(Object.keys(measured)).toEqual(["session.fetch", "session.http", "openapi-fetch"]);
  for (const [client, { up, down, kept }] of Object.entries(measured)) {
    for (const { rss, external } of [up, down]) {
      expect(rss, client).toBeLessThan(LIMIT);
      expect(external, client).toBeLessThan(LIMIT);
    }
    expect(kept.external, client).toBeLessThan((bare?.kept.external ?? 0) + 20);
  }
  expect(vendor.simulator.logins).toBe(1);
});
