import { chmod, chown, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { credentialsFromFile } from "../../../src/node.ts";
import { fakeVendor } from "../../fake-vendor.ts";
import { temporaryDirectory } from "../file-store/temporary.ts";
import { failure, file, MARK, PAIR } from "./secret-files.ts";

describe("credentialsFromFile", () => {
  test("reads JSON", async () => {
    expect(await credentialsFromFile(await file("one.json", JSON.stringify({ ...PAIR, more: 1 })))()).toEqual(PAIR);
  });

  test("reads dotenv, with a prefix or without", async () => {
    const path = await file(
      ".env",
      'USERNAME=operator\nPASSWORD="made up # = ü"\nVMS_ALTA_USERNAME=a\nVMS_ALTA_PASSWORD=b\n',
    );
    expect(await credentialsFromFile(path)()).toEqual(PAIR);
    expect(await credentialsFromFile(path, "VMS_ALTA")()).toEqual({ username: "a", password: "b" });
  });

  test("reads the file at each login, so a rotated password needs no restart", async () => {
    const vendor = fakeVendor();
    vendor.password = "old";
    const path = await file("one.json", JSON.stringify({ username: "operator", password: "old" }));
    const session = vendor.session({ credentials: credentialsFromFile(path) });
    await session.login();
    vendor.password = "new";
    vendor.revoke();
    await writeFile(path, JSON.stringify({ username: "operator", password: "new" }));
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.logins).toBe(2);
  });

  for (const mode of [0o644, 0o604, 0o602, 0o620, 0o777]) {
    test(`rejects a file of mode ${mode.toString(8)}, and names the command to restrict it`, async () => {
      const path = await file("one.json", JSON.stringify({ username: MARK, password: MARK }), mode);
      const error = await failure(credentialsFromFile(path));
      expect(error.code).toBe("invalid_options");
      expect(error.message).toContain(`chmod 600 ${path}`);
    });
  }

  test("accepts a mounted secret: mode 0440, behind a link", async () => {
    const path = await file("one.json", JSON.stringify(PAIR), 0o440);
    await symlink(path, `${path}.link.json`);
    expect(await credentialsFromFile(`${path}.link.json`)()).toEqual(PAIR);
  });

  test.runIf(process.geteuid?.() === 0)("refuses a file of another user", async () => {
    const path = await file("one.json", JSON.stringify(PAIR));
    await chown(path, 12345, 12345);
    expect((await failure(credentialsFromFile(path))).message).toContain("another user");
  });

  for (const [what, name, text, says] of [
    ["broken JSON", "one.json", `{"username": "${MARK}"`, "not JSON"],
    ["JSON of another form", "one.json", JSON.stringify([MARK]), '"username"'],
    ["null", "one.json", "null", '"username"'],
    ["no password in JSON", "one.json", JSON.stringify({ username: MARK }), '"password"'],
    ["an empty password in JSON", "one.json", JSON.stringify({ username: MARK, password: "" }), '"password"'],
    ["no password in dotenv", ".env", `USERNAME=${MARK}`, "PASSWORD="],
    ["an empty password in dotenv", ".env", `USERNAME=${MARK}\nPASSWORD=`, "PASSWORD is empty"],
    ["nothing", ".env", "", "USERNAME="],
    [
      "other bytes than UTF-8",
      "one.json",
      Buffer.from(`{ "username": "${MARK}", "password": "\xfc" }`, "latin1"),
      "not UTF-8",
    ],
    ["too much", "one.json", JSON.stringify({ username: MARK, password: MARK.repeat(10_000) }), "65536 bytes"],
  ] as const) {
    test(`names the file and the problem if the file contains ${what}`, async () => {
      const path = await file(name, text);
      const error = await failure(credentialsFromFile(path));
      expect(error.code).toBe("invalid_options");
      expect(error.message).toContain(path);
      expect(error.message).toContain(says);
    });
  }

  for (const [line, value] of [
    ["PASSWORD=ab", "ab"],
    ["  export PASSWORD = ab   # a comment", "ab"],
    ["PASSWORD='a#b \\n\"'", 'a#b \\n"'],
    ["PASSWORD=`it's #1`", "it's #1"],
    ['PASSWORD="a#b" # a comment', "a#b"],
    ["PASSWORD=a\"b'c", "a\"b'c"],
    ["PASSWORD=old\nPASSWORD=new", "new"],
    ["PASSWORD=ab\r\nMORE=1\r", "ab"],
  ] as const) {
    test(`reads the dotenv line ${JSON.stringify(line)} as it is written`, async () => {
      const path = await file(".env", `\ufeffUSERNAME=operator\n${line}\n`);
      expect(await credentialsFromFile(path)()).toEqual({ username: "operator", password: value });
    });
  }

  for (const value of [
    `${MARK}#cd`,
    `"${MARK}\\n"`,
    `"${MARK}\\"b"`,
    `"${MARK}"cd`,
    `"${MARK}`,
    `'${MARK}''s'`,
    `'${MARK} #'b`,
  ]) {
    test(`refuses the ambiguous dotenv value ${value.replace(MARK, "ab")}`, async () => {
      const path = await file(".env", `USERNAME=operator\nPASSWORD=${value}\n`);
      const error = await failure(credentialsFromFile(path));
      expect(error.code).toBe("invalid_options");
      expect(error.message).toContain(`${path}: the value of PASSWORD`);
      expect(error.message).toContain("single quotes");
    });
  }

  for (const [what, bytes, says] of [
    ["UTF-16 of Windows", Buffer.from(`\ufeff${MARK}`, "utf16le"), "is UTF-16. Save it as UTF-8."],
    ["UTF-16, big-endian", Buffer.from(`\ufeff${MARK}`, "utf16le").swap16(), "is UTF-16. Save it as UTF-8."],
    ["UTF-16 without a mark", Buffer.from(MARK, "utf16le"), "contains NUL bytes, as UTF-16 does. Save it as UTF-8."],
  ] as const) {
    test(`names the encoding of a file that is ${what}`, async () => {
      for (const name of ["one.json", ".env"]) {
        expect((await failure(credentialsFromFile(await file(name, bytes)))).message).toContain(says);
      }
    });
  }

  test("ignores a byte order mark", async () => {
    expect(await credentialsFromFile(await file("one.json", `\ufeff${JSON.stringify(PAIR)}`))()).toEqual(PAIR);
  });

  test("names a file that does not exist, or is a directory", async () => {
    const directory = await temporaryDirectory();
    expect((await failure(credentialsFromFile(join(directory, "none.json")))).message).toContain("there is no file");
    await mkdir(join(directory, "one.json"));
    await chmod(join(directory, "one.json"), 0o700);
    expect((await failure(credentialsFromFile(join(directory, "one.json")))).message).toContain("is not a file");
  });

  test("rejects a missing path immediately", async () => {
    expect((await failure(() => credentialsFromFile(""))).code).toBe("invalid_options");
  });
});
