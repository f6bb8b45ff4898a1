import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test, vi } from "vitest";
import { credentialsFromCommand } from "../../../src/node.ts";
import { fakeVendor } from "../../fake-vendor.ts";
import { temporaryDirectory } from "../file-store/temporary.ts";
import { failure, MARK, PAIR } from "./secret-files.ts";

vi.setConfig({ testTimeout: 60_000 });

const posix = process.platform !== "win32";
const JSON_PAIR = JSON.stringify(PAIR);

/** A command that runs JavaScript. Its arguments can be read from `process.argv[1]` on. */
const node = (code: string, ...args: string[]) => [process.execPath, "-e", code, ...args];
const print = (text: string) => node("process.stdout.write(process.argv[1])", text);
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("credentialsFromCommand", () => {
  test("reads a user name and a password from JSON", async () => {
    expect(await credentialsFromCommand(print(`\ufeff${JSON_PAIR}\r\n`))()).toEqual(PAIR);
  });

  test("reads a password from one line, and the user name from a text or another command", async () => {
    for (const line of [PAIR.password, `${PAIR.password}\n`, `${PAIR.password}\r\n`]) {
      expect(await credentialsFromCommand({ username: "operator", password: print(line) })()).toEqual(PAIR);
    }
    const both = { username: print("operator\n"), password: print(PAIR.password) };
    expect(await credentialsFromCommand(both)()).toEqual(PAIR);
  });

  test("passes arguments as they are, without a shell", async () => {
    const argument = `$(touch x) "a" 'b' \`c\` %PATH% * ; &`;
    const command = { username: "operator", password: print(argument) };
    expect(await credentialsFromCommand(command)()).toEqual({ username: "operator", password: argument });
  });

  test("runs once for concurrent logins, and again for the next login", async () => {
    const runs = join(await temporaryDirectory(), "runs");
    const code = `fs.appendFileSync(process.argv[1], "x"); console.log(process.argv[2])`;
    const credentials = credentialsFromCommand(node(code, runs, JSON_PAIR));
    const vendors = Array.from({ length: 5 }, () => fakeVendor());
    for (const vendor of vendors) vendor.password = PAIR.password;
    await Promise.all(vendors.map((vendor) => vendor.session({ credentials }).login()));
    expect(await readFile(runs, "utf8")).toBe("x");
    await credentials();
    expect(await readFile(runs, "utf8")).toBe("xx");
  });

  test("runs again after a failure", async () => {
    const path = join(await temporaryDirectory(), "output");
    const credentials = credentialsFromCommand(node("process.stdout.write(fs.readFileSync(process.argv[1]))", path));
    expect((await failure(credentials)).message).toContain("failed with status 1");
    await writeFile(path, JSON_PAIR);
    expect(await credentials()).toEqual(PAIR);
  });

  for (const [what, code, says] of [
    ["another status than 0", `console.log("${MARK}"); console.error("${MARK}"); process.exitCode = 7`, "status 7"],
    ["no JSON", `console.log("${MARK}")`, "is not JSON"],
    ["JSON without a password", `console.log('{"username":"${MARK}"}')`, '"password"'],
    ["nothing", "", "is not JSON"],
    ["too much", `process.stdout.write("${MARK}".repeat(1e5)); setInterval(() => {}, 1e5)`, "more than 65536 bytes"],
    ["UTF-16", `process.stdout.write(Buffer.from("\\ufeff${MARK}", "utf16le"))`, "is UTF-16"],
    ["other bytes than UTF-8", `process.stdout.write(Buffer.from("${MARK}\\xfc", "latin1"))`, "is not UTF-8"],
  ] as const) {
    test(`names the program and the problem, without arguments or output, for ${what}`, async () => {
      const error = await failure(credentialsFromCommand(node(code, MARK)));
      expect(error.code).toBe("invalid_options");
      expect(error.message).toContain(process.execPath);
      expect(error.message).toContain(says);
    });
  }

  test("refuses an empty line, and more than one", async () => {
    for (const [line, says] of [
      ["\n", "printed nothing"],
      [`a warning\n${MARK}\n`, "more than one line"],
      [`${MARK}\n\n`, "more than one line"],
    ] as const) {
      const error = await failure(credentialsFromCommand({ username: "operator", password: print(line) }));
      expect(error.message).toContain(says);
    }
  });

  test("names a program that does not exist, and nothing else", async () => {
    const error = await failure(credentialsFromCommand(["vms-no-such-program", MARK]));
    expect([error.code, error.message]).toEqual([
      "invalid_options",
      "[@vms/core] vms-no-such-program could not be started (ENOENT). Install it or give its path.",
    ]);
  });

  test.runIf(posix)("names a file that is not a program", async () => {
    const path = join(await temporaryDirectory(), "program");
    await writeFile(path, "");
    await chmod(path, 0o600);
    expect((await failure(credentialsFromCommand([path, MARK]))).message).toContain("could not be started (EACCES)");
  });

  for (const [what, options, says] of [
    ["takes too long", (_: AbortController) => ({ timeout: 1_500 }), /took longer than 1500 ms and was killed/],
    ["is aborted", (ending: AbortController) => ({ signal: ending.signal }), /my reason/],
  ] as const) {
    test.runIf(posix)(`a command that ${what} is killed together with the processes that it started`, async () => {
      const path = join(await temporaryDirectory(), "pids");
      // The grandchild keeps the pipe open.
      const code = `
        const child = child_process.spawn("sleep", ["600"], { stdio: "inherit" });
        fs.writeFileSync(process.argv[1], process.pid + " " + child.pid); setInterval(() => {}, 1e5)`;
      const ending = new AbortController();
      const failed = failure(credentialsFromCommand(node(code, path, MARK), options(ending)));
      const written = () => readFile(path, "utf8").catch(() => "");
      await vi.waitFor(async () => expect(await written()).toMatch(/ \d/), { timeout: 50_000 });
      ending.abort(new Error("my reason"));
      expect((await failed).message).toMatch(says);
      const pids = (await written()).split(" ").map(Number);
      await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000 });
    });
  }

  test("runs nothing after its signal has aborted", async () => {
    const path = join(await temporaryDirectory(), "runs");
    const command = node(`fs.writeFileSync(process.argv[1], "x")`, path);
    const signal = AbortSignal.abort(new Error("my reason"));
    expect((await failure(credentialsFromCommand(command, { signal }))).message).toBe("my reason");
    await expect(readFile(path)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test.each([
    [[], "program and its arguments"],
    [[""], "program and its arguments"],
    [["op", 1], "program and its arguments"],
    [["op\0"], "program and its arguments"],
    ["op read", "must be an array"],
    [null, "must be an array"],
    [{ username: "", password: ["op"] }, "`username` is empty"],
    [{ username: "a", password: MARK }, "`password` must be an array"],
    [{ password: ["op"] }, "`username` must be an array"],
    [{ username: "a", password: ["op"], pasword: ["op"] }, "pasword"],
  ])("rejects the command %j immediately", async (command, says) => {
    const error = await failure(() => credentialsFromCommand(command as string[]));
    expect([error.code, error.message]).toEqual(["invalid_options", expect.stringContaining(says)]);
  });

  test.each([{ timeout: 0 }, { timeout: Number.NaN }, { timeout: 2 ** 31 }, { timeOut: 1 }])(
    "rejects the options %j immediately",
    async (options) => {
      const error = await failure(() => credentialsFromCommand(["op"], options));
      expect([error.code, error.message]).toEqual(["invalid_options", expect.stringContaining("timeout")]);
    },
  );
});
