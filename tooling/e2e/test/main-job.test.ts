import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { allVendors } from "@vms-tooling/vendors";
import { expect, onTestFinished, test } from "vitest";
import { served } from "./served.ts";

/** Made up, in base32. */
const TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

const start = fileURLToPath(new URL("../../demo/src/start.ts", import.meta.url));

async function run(env: Record<string, string>): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [start], { env: { PATH: process.env.PATH ?? "", NO_COLOR: "1", ...env } });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? 1))),
  ]);
  return { code, output: out + err };
}

test("the main job signs in to all vendors over sockets, prints a row for each, and exits 0", async () => {
  const { code, output } = await run({});
  expect(output).toContain("Each vendor signed in");
  for (const { title } of allVendors) {
    expect(output).toMatch(new RegExp(`│ ${title} .*│ simulator │.*│ 3 +│ 2 +│ +\\d+ ms +│`));
  }
  expect(code).toBe(0);
});

test("with a vendor's variables set, that row runs against the deployment, without a revocation", async () => {
  const { simulator, at } = await served();
  const { username, password } = simulator.alta.account;
  const { code, output } = await run({
    VMS_ALTA_URL: at.alta.baseUrl,
    VMS_ALTA_USERNAME: username,
    VMS_ALTA_PASSWORD: password,
  });
  expect(output).toMatch(/│ Avigilon Alta Video +│ real +│.*│ 2 +│ 1 +│/);
  expect([code, simulator.alta.logins, simulator.alta.sessions]).toEqual([0, 1, 0]);
});

test("with a password file, an authenticator secret and an API key, the row uses all three", async () => {
  const account = { username: "robin", password: "made-up", totpSecret: TOTP_SECRET };
  const { simulator, at } = await served({ alta: { account }, eagleeye: { apiKey: "made-up-key" } });
  const { eagleeye } = simulator;
  const home = await mkdtemp(join(tmpdir(), "vms-main-job-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const [altaFile, eagleeyeFile] = [join(home, "alta"), join(home, "eagleeye")];
  await writeFile(altaFile, `${account.password}\n`, { mode: 0o600 });
  await writeFile(eagleeyeFile, `${eagleeye.account.password}\n`, { mode: 0o600 });
  const { code, output } = await run({
    VMS_ALTA_URL: at.alta.baseUrl,
    VMS_ALTA_USERNAME: account.username,
    VMS_ALTA_PASSWORD_FILE: altaFile,
    VMS_ALTA_TOTP: TOTP_SECRET,
    VMS_EAGLEEYE_URL: at.eagleeye.baseUrl,
    VMS_EAGLEEYE_USERNAME: eagleeye.account.username,
    VMS_EAGLEEYE_PASSWORD_FILE: eagleeyeFile,
    VMS_EAGLEEYE_API_KEY: "made-up-key",
  });
  for (const name of ["Avigilon Alta Video", "Eagle Eye Networks"])
    expect(output).toMatch(new RegExp(`│ ${name} +│ real +│`));
  expect([code, simulator.alta.logins, eagleeye.logins]).toEqual([0, 1, 1]);
});

test("a vendor that fails is named with its reason and without its password, and the exit status is 1", async () => {
  const { simulator, at } = await served();
  const { code, output } = await run({
    VMS_ALTA_URL: at.alta.baseUrl,
    VMS_ALTA_USERNAME: simulator.alta.account.username,
    VMS_ALTA_PASSWORD: "made-up-canary-wrong",
  });
  expect(output).toMatch(/Avigilon Alta Video: \[@vms\/alta\] the vendor rejected the user name or the password/);
  expect(output).toContain(`1 of ${allVendors.length} vendors failed`);
  expect(output).not.toContain("made-up-canary-wrong");
  expect(code).toBe(1);
});

test("a deployment that lacks a variable fails, and the message names the variable", async () => {
  const { code, output } = await run({ VMS_EAGLEEYE_USERNAME: "x" });
  expect(output).toContain(
    "To use a real Eagle Eye Networks, set VMS_EAGLEEYE_URL and VMS_EAGLEEYE_PASSWORD (or _PASSWORD_FILE) as well.",
  );
  expect(code).toBe(1);
});
