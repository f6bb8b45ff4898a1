import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { altaWorld, PROFILE } from "./support/profile-fixture.ts";
import { environment, home, vms } from "./support/run-vms.ts";

const CANARY = "canary-7730";
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

describe("text from Windows", () => {
  it("is a password without its byte order mark and line end on standard input", async () => {
    const { server, url, envWithoutPassword } = await altaWorld();
    const { username, password } = server.account;
    const login = ["login", "alta", "--profile", PROFILE, "--url", url, "-u", username, "--password-stdin"];
    const run = await vms(login, envWithoutPassword, `\ufeff${password}\r\n`);
    expect([run.exit, server.logins]).toEqual([0, 1]);
  });

  it("is reported if it is UTF-16 on standard input, and no password is sent", async () => {
    const { server, url, envWithoutPassword } = await altaWorld();
    const login = ["login", "alta", "--profile", PROFILE, "--url", url, "-u", "anna", "--password-stdin"];
    const run = await vms(login, envWithoutPassword, utf16(CANARY));
    expect([run.exit, run.stderr]).toEqual([2, "vms: standard input is UTF-16.\nWrite it as UTF-8.\n"]);
    expect(server.loginAttempts).toBe(0);
  });

  it("is reported if it is UTF-16 in a file of the user", async () => {
    const { url, envWithoutPassword, home: dir } = await altaWorld();
    const path = join(dir, "text.txt");
    await writeFile(path, utf16(CANARY));
    for (const args of [
      ["login", "alta", "--url", url, "-u", "anna", "--ca", path],
      ["import", "alta", path, "--url", url, "-u", "anna"],
      ["api", PROFILE, "api/v1/notes", "-F", `text=@${path}`],
    ]) {
      const run = await vms(args, envWithoutPassword);
      expect([run.exit, run.stderr]).toEqual([2, `vms: ${path} is UTF-16.\nSave it as UTF-8.\n`]);
    }
  });

  it("is reported if it is UTF-16 in the configuration", async () => {
    const dir = await home();
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, "config.json"), utf16("{}"), { mode: 0o600 });
    expect((await vms(["status"], environment(dir))).stderr).toContain("config.json is UTF-16.\nSave it as UTF-8.");
  });
});
