import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { startVendor } from "./vendor.ts";

/** In MB. */
const LIMIT = 60;

type Growth = Record<string, Record<"up" | "down", { rss: number; external: number }>>;

test("streams of 200 MB in both directions pass through a session without being kept", async () => {
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
  const { "bare fetch": bare, ...measured } = JSON.parse(out) as Growth;
  for (const [client, { up, down }] of Object.entries(measured)) {
    // Node's `fetch` itself keeps a stream that it sends, unless no redirect can repeat it.
    const kept = client.endsWith("unkept") ? 0 : (bare?.up.external ?? 0);
    expect(up.external, `${client}, up`).toBeLessThan(kept + LIMIT);
    expect(down.external, `${client}, down`).toBeLessThan(LIMIT);
    if (kept === 0) expect(up.rss, `${client}, up`).toBeLessThan(LIMIT);
    expect(down.rss, `${client}, down`).toBeLessThan(LIMIT);
  }
  expect(Object.keys(measured)).toHaveLength(5);
  expect(vendor.simulator.logins).toBe(1);
});
