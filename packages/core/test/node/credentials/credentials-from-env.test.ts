import { chmod, chown, mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { credentialsFromEnv } from "../../../src/node.ts";
import { fakeVendor } from "../../fake-vendor.ts";
import { temporaryDirectory } from "../file-store/temporary.ts";
import { failure, file, MARK, PAIR } from "./secret-files.ts";

afterEach(() => void vi.unstubAllEnvs());

describe("credentialsFromEnv", () => {
  test("reads two variables at each login", async () => {
    const credentials = credentialsFromEnv("VMS_TEST");
    vi.stubEnv("VMS_TEST_USERNAME", PAIR.username);
    vi.stubEnv("VMS_TEST_PASSWORD", PAIR.password);
    expect(await credentials()).toEqual(PAIR);
    vi.stubEnv("VMS_TEST_PASSWORD", "another");
    expect(await credentials()).toEqual({ ...PAIR, password: "another" });
  });

  test("names the variable that is missing or empty", async () => {
    for (const value of [undefined, ""]) {
      vi.stubEnv("VMS_TEST_USERNAME", MARK);
      vi.stubEnv("VMS_TEST_PASSWORD", value);
      vi.stubEnv("VMS_TEST_PASSWORD_FILE", value);
      const error = await failure(credentialsFromEnv("VMS_TEST_"));
      expect(error.code).toBe("invalid_options");
      expect(error.message).toContain("VMS_TEST_PASSWORD and VMS_TEST_PASSWORD_FILE are not set");
      vi.stubEnv("VMS_TEST_USERNAME", value);
      expect((await failure(credentialsFromEnv("VMS_TEST"))).message).toContain("VMS_TEST_USERNAME is not set");
    }
  });

  test("rejects a prefix that is invalid in a variable name", async () => {
    expect((await failure(() => credentialsFromEnv("a b"))).code).toBe("invalid_options");
    expect((await failure(() => credentialsFromEnv(""))).code).toBe("invalid_options");
  });
});

describe("credentialsFromEnv with a password file", () => {
  const credentials = credentialsFromEnv("VMS_TEST");
  const name = (path: string) => vi.stubEnv("VMS_TEST_PASSWORD_FILE", path);

  beforeEach(() => {
    vi.stubEnv("VMS_TEST_USERNAME", PAIR.username);
    vi.stubEnv("VMS_TEST_PASSWORD", undefined);
  });

  test.each([
    ["as it is", PAIR.password, PAIR.password],
    ["without a newline at its end", `${PAIR.password}\n`, PAIR.password],
    ["without a Windows newline at its end", `${PAIR.password}\r\n`, PAIR.password],
    ["without a byte order mark", `\ufeff${PAIR.password}\n`, PAIR.password],
    ["with its spaces, and all newlines but the last one", "\n a \n\n", "\n a \n"],
    ["with a carriage return at its end", "a\r", "a\r"],
    ["up to 65,536 bytes", "a".repeat(65_536), "a".repeat(65_536)],
  ])("reads the password %s", async (_, content, password) => {
    name(await file("password", content));
    expect(await credentials()).toEqual({ ...PAIR, password });
  });

  test("reads a mounted secret of mode 0440, and a relative path", async () => {
    name(relative(process.cwd(), await file("password", PAIR.password, 0o440)));
    expect(await credentials()).toEqual(PAIR);
  });

  test("ignores an empty variable if the other one is set", async () => {
    name("");
    vi.stubEnv("VMS_TEST_PASSWORD", "direct");
    expect(await credentials()).toEqual({ ...PAIR, password: "direct" });
    vi.stubEnv("VMS_TEST_PASSWORD", "");
    name(await file("password", PAIR.password));
    expect(await credentials()).toEqual(PAIR);
  });

  test("reads the file at each login, so a changed password needs no restart", async () => {
    const vendor = fakeVendor();
    vendor.password = "old";
    const path = await file("password", "old\n");
    name(path);
    const session = vendor.session({ credentials });
    await session.login();
    vendor.password = "new";
    vendor.revoke();
    await writeFile(path, "new\n");
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.logins).toBe(2);
  });

  test("rejects a password and a file together, and names both variables", async () => {
    vi.stubEnv("VMS_TEST_PASSWORD", MARK);
    name(await file("password", MARK));
    const error = await failure(credentials);
    expect(error.code).toBe("invalid_options");
    expect(error.message).toContain("VMS_TEST_PASSWORD and VMS_TEST_PASSWORD_FILE are both set");
  });

  for (const [what, content, says] of [
    ["nothing", "", "is empty"],
    ["only a newline", "\n", "is empty"],
    ["only a byte order mark and a newline", "\ufeff\r\n", "is empty"],
    ["more than 65,536 bytes", MARK.padEnd(65_537), "larger than 65536 bytes"],
    ["UTF-16", Buffer.from(`\ufeff${MARK}`, "utf16le"), "is UTF-16. Save it as UTF-8."],
    ["other bytes than UTF-8", Buffer.from(`${MARK}\xfc`, "latin1"), "not UTF-8"],
  ] as const) {
    test(`names the variable and the file if the file contains ${what}`, async () => {
      const path = await file("password", content);
      name(path);
      const error = await failure(credentials);
      expect(error.code).toBe("invalid_options");
      expect(error.message).toContain(`VMS_TEST_PASSWORD_FILE: ${path}`);
      expect(error.message).toContain(says);
    });
  }

  test.skipIf(process.platform === "win32")("refuses a file that others can read or write", async () => {
    for (const mode of [0o644, 0o602, 0o620]) {
      const path = await file("password", MARK, mode);
      name(path);
      const error = await failure(credentials);
      expect(error.code).toBe("invalid_options");
      expect(error.message).toMatch(/VMS_TEST_PASSWORD_FILE: users other than its owner/);
      expect(error.message).toContain(`chmod 600 ${path}`);
    }
  });

  test.runIf(process.geteuid?.() === 0)("refuses a file of another user", async () => {
    const path = await file("password", MARK);
    await chown(path, 12345, 12345);
    name(path);
    expect((await failure(credentials)).message).toContain("another user");
  });

  test("names the variable if the file does not exist, or is a directory", async () => {
    const path = join(await temporaryDirectory(), "password");
    name(path);
    expect((await failure(credentials)).message).toContain(`VMS_TEST_PASSWORD_FILE: there is no file ${path}`);
    await mkdir(path);
    await chmod(path, 0o700);
    expect((await failure(credentials)).message).toContain(`VMS_TEST_PASSWORD_FILE: ${path} is not a file`);
  });
});
