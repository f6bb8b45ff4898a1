import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { placePage } from "./place-page.ts";
import { served } from "./served.ts";

const placed = placePage("docs/other-tools.md");

async function run(name: string, path = process.env.PATH ?? "") {
  const { simulator, at } = await served();
  const { username, password } = simulator.alta.account;
  const vendor = { VMS_ALTA_URL: at.alta.baseUrl, VMS_ALTA_USERNAME: username, VMS_ALTA_PASSWORD: password };
  const file = placed(name);
  const child = spawn(process.execPath, [file], { cwd: dirname(file), env: { PATH: path, ...vendor } });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  expect({ err, status }).toEqual({ err: "", status: 0 });
  return { out, alta: simulator.alta };
}

test("curl uses the session's cookie from the file without a login of its own", async () => {
  const { alta } = await run("cookies-out.ts");
  expect([alta.logins, alta.loginAttempts]).toEqual([1, 1]);
});

test("a session with curl's cookie needs no login", async () => {
  const { out, alta } = await run("cookies-in.ts");
  expect(out).toMatch(/^signed in by cookies/);
  expect([alta.logins, alta.loginAttempts]).toEqual([1, 1]); // curl's
});

test("a cookie from curl that the vendor rejects costs one login", async () => {
  // A curl whose cookie the vendor does not know.
  const folder = join(import.meta.dirname, "../.report/curl");
  mkdirSync(folder, { recursive: true });
  const cookie = ["127.0.0.1", "FALSE", "/", "FALSE", "0", "va", "made-up-and-dead"].join("\\t");
  const code = `#!/bin/sh\ncat >/dev/null\nprintf '${cookie}\\n' >jar.txt\n`;
  writeFileSync(join(folder, "curl"), code);
  chmodSync(join(folder, "curl"), 0o755);
  const { out, alta } = await run("cookies-in.ts", `${folder}${delimiter}${process.env.PATH}`);
  expect(out).toMatch(/200\n$/);
  expect(alta.logins).toBe(1);
});
