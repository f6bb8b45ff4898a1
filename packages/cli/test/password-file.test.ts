import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { altaWorld, PROFILE } from "./support/profile-fixture.ts";
import { hasTerminals, vmsInTerminal } from "./support/run-in-terminal.ts";
import { vms } from "./support/run-vms.ts";

const ZONES = "api/v1/alarmZones";
const CANARY = "canary-5521";

/** A vendor with a profile, and a password file that the environment names. */
async function world(content?: string | Uint8Array, mode = 0o600) {
  const { home, server, url, envWithoutPassword } = await altaWorld();
  const { username, password } = server.account;
  const path = join(home, "alta-password");
  const write = (text: string | Uint8Array) => writeFile(path, text, { mode });
  await write(content ?? `${password}\n`);
  await chmod(path, mode);
  const login = ["login", "alta", "--profile", PROFILE, "--url", url, "-u", username];
  return { server, url, path, write, login, env: { ...envWithoutPassword, VMS_ALTA_PASSWORD_FILE: path } };
}

describe("VMS_<VENDOR>_PASSWORD_FILE", () => {
  it("provides the password for a login, a call and a renewal", async () => {
    const { server, login, env, write } = await world();
    expect(await vms(["api", PROFILE, ZONES], env)).toMatchObject({ exit: 0, stderr: "" });
    server.revokeAll();
    server.setPassword(server.account.username, "winter-orchard-9");
    await write("winter-orchard-9\r\n");
    expect((await vms(login, env)).exit).toBe(0);
    expect((await vms(["renew", PROFILE], env)).exit).toBe(0);
    expect(server.loginAttempts).toBe(3);
  });

  it("is not read while a session is live", async () => {
    const { server, env, write } = await world();
    expect((await vms(["api", PROFILE, ZONES], env)).exit).toBe(0);
    await write("");
    expect((await vms(["api", PROFILE, ZONES], env)).exit).toBe(0);
    expect(server.logins).toBe(1);
  });

  it("is an error together with VMS_<VENDOR>_PASSWORD, and the message names both", async () => {
    const { server, login, env } = await world();
    for (const args of [login, ["api", PROFILE, ZONES], ["renew", PROFILE]]) {
      const run = await vms(args, { ...env, VMS_ALTA_PASSWORD: CANARY });
      expect(run.exit).toBe(2);
      expect(run.stderr).toMatch(
        /^vms: VMS_ALTA_PASSWORD and VMS_ALTA_PASSWORD_FILE are both set\. Unset one of them\./,
      );
      expect(run.stderr).not.toContain(CANARY);
    }
    expect(server.loginAttempts).toBe(0);
  });

  it("is an error if the file cannot be used, and the message names the variable and the file", async () => {
    const cases = [
      { content: "\n", says: "is empty" },
      { content: Buffer.from(`\ufeff${CANARY}`, "utf16le"), says: "is UTF-16. Save it as UTF-8." },
      { content: CANARY.repeat(10_000), says: "larger than 65536 bytes" },
      ...(process.platform === "win32" ? [] : [{ content: CANARY, mode: 0o644, says: "chmod 600" }]),
    ];
    for (const { content, mode, says } of cases) {
      const { server, login, env, path } = await world(content, mode);
      for (const args of [login, ["api", PROFILE, ZONES]]) {
        const run = await vms(args, env);
        expect([run.exit, run.stderr]).toEqual([2, expect.stringContaining("vms: VMS_ALTA_PASSWORD_FILE: ")]);
        expect(run.stderr).toContain(path);
        expect(run.stderr).toContain(says);
        expect(run.stderr).not.toMatch(/canary|@vms/);
      }
      expect(server.loginAttempts).toBe(0);
    }
  });

  it.runIf(hasTerminals)("is an error at a terminal too, without a prompt", async () => {
    const { server, login, env } = await world("");
    const terminal = vmsInTerminal(login, env);
    await terminal.shows("is empty");
    expect(await terminal.ended()).toBe(2);
    expect(server.loginAttempts).toBe(0);
  });

  it("is not used for another URL or user than the environment names", async () => {
    const { server, url, env } = await world();
    for (const [variable, value] of [
      ["VMS_ALTA_URL", `${url}/elsewhere`],
      ["VMS_ALTA_USERNAME", "somebody-else"],
    ] as const) {
      const run = await vms(["api", PROFILE, ZONES], { ...env, [variable]: value });
      expect([run.exit, run.stderr]).toEqual([
        3,
        expect.stringContaining(`VMS_ALTA_PASSWORD_FILE is not used here: ${variable} names another`),
      ]);
    }
    expect(server.loginAttempts).toBe(0);
  });

  it("is named after the vendor has rejected its password", async () => {
    const { login, env } = await world(CANARY);
    const byLogin = await vms(login, env);
    expect([byLogin.exit, byLogin.stderr]).toEqual([3, expect.stringContaining("\nCorrect VMS_ALTA_PASSWORD_FILE.")]);
    const byCall = await vms(["api", PROFILE, ZONES], env);
    expect([byCall.exit, byCall.stderr]).toEqual([
      3,
      expect.stringContaining("The password came from VMS_ALTA_PASSWORD_FILE. Correct the variable, or unset it"),
    ]);
    expect(`${byLogin.stderr}${byCall.stderr}`).not.toContain(CANARY);
  });
});
