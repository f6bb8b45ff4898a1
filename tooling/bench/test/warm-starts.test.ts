import { expect, test } from "vitest";
import { startVendor } from "../src/vendor.ts";
import { measureWarmStarts } from "../src/warm-starts.ts";

test("a new process that finds a live session reads the store once, without a lock, and does not sign in", async () => {
  await using vendor = await startVendor();
  const { cases } = await measureWarmStarts(vendor, 1, 0);
  for (const name of ["a session in a file", "a session in Redis"] as const) {
    expect(cases[name], name).toMatchObject({ logins: 0, asked: ["get"] });
  }
  expect(cases["a known token, by hand"]).toMatchObject({ logins: 0, asked: [] });
  expect(cases["no session, no store"]).toMatchObject({ logins: 1, asked: [] });
  expect(cases["no session, an empty file store"].logins).toBe(1);
});
