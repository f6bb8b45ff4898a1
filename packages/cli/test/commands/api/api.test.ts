import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createAdminTokenServer,
  createAlertSiteServer,
  createAltaServer,
  createEagleEyeServer,
  createFindFaceServer,
} from "@vms/simulator";
import { describe, expect, it } from "vitest";
import { altaWorld, PROFILE, worldOf, writeProfiles } from "../../support/profile-fixture.ts";
import { environment, home, vms, vmsOnScreen, vmsProcess } from "../../support/run-vms.ts";

const ZONES = "api/v1/alarmZones";

describe("vms api", () => {
  for (const [vendor, create] of Object.entries({
    alta: createAltaServer,
    findface: createFindFaceServer,
    alertsite: createAlertSiteServer,
    eagleeye: createEagleEyeServer,
    "admin-token": createAdminTokenServer,
  })) {
    it(`calls ${vendor}, signs in if necessary, and reuses the session on the next run`, async () => {
      const { server, run } = await worldOf(create());
      const first = await run(["api", PROFILE, server.firstCall]);
      expect(first).toMatchObject({ exit: 0, stderr: "" });
      expect(JSON.parse(first.stdout)).toBeTypeOf("object");
      const second = await run(["api", PROFILE, `/${server.firstCall}`]);
      expect(second).toMatchObject({ exit: 0, stderr: "" });
      expect(server.loginAttempts).toBe(1);
    });
  }

  it("signs in once for ten concurrent processes", async () => {
    const { server, env } = await altaWorld();
    const runs = await Promise.all(Array.from({ length: 10 }, () => vmsProcess(["api", PROFILE, ZONES], env)));
    expect(runs.map(({ exit }) => exit)).toEqual(Array.from({ length: 10 }, () => 0));
    expect(server.loginAttempts).toBe(1);
  });

  it("renews a session that the vendor has ended, and sends the call once more", async () => {
    const { server, run } = await altaWorld();
    await run(["api", PROFILE, ZONES]);
    server.revokeAll();
    expect(await run(["api", PROFILE, ZONES])).toMatchObject({ exit: 0, stderr: "" });
    expect(server.loginAttempts).toBe(2);
  });

  it("stores the cookie that the vendor rotates", async () => {
    const { server, run } = await worldOf(createAltaServer({ rotate: "end-old" }));
    for (let count = 0; count < 3; count++) expect((await run(["api", PROFILE, ZONES])).exit).toBe(0);
    expect(server.loginAttempts).toBe(1);
  });

  it("says how to sign in if no password is known, and sends nothing", async () => {
    const { server, envWithoutPassword } = await altaWorld();
    const run = await vms(["api", PROFILE, ZONES], envWithoutPassword);
    expect(run.exit).toBe(3);
    expect(run.stdout).toBe("");
    expect(run.stderr).toBe(`vms: the profile "acme" is not signed in.\nSign in: vms login alta --profile acme\n`);
    expect(server.requests).toEqual([]);
  });

  it("says that the session has expired, or that the vendor has ended it", async () => {
    const { server, url, run, home, envWithoutPassword } = await altaWorld();
    await run(["api", PROFILE, ZONES]);
    server.revokeAll();
    const ended = await vms(["api", PROFILE, ZONES], envWithoutPassword);
    expect([ended.exit, ended.stderr]).toEqual([
      3,
      expect.stringMatching(/^vms: the vendor has ended the session of the profile "acme"\.\n/),
    ]);
    const { username } = server.account;
    const options = { lifetime: 1 };
    await writeProfiles(home, { acme: { vendor: "alta", username, url, options } });
    const expired = await vms(["api", PROFILE, ZONES], envWithoutPassword);
    expect([expired.exit, expired.stderr]).toEqual([
      3,
      expect.stringMatching(/^vms: the session of the profile "acme" has expired\.\n/),
    ]);
  });

  it("reports a password that the vendor rejects", async () => {
    const { server, env } = await altaWorld();
    const run = await vms(["api", PROFILE, ZONES], { ...env, VMS_ALTA_PASSWORD: "not-the-right-one" });
    expect(run.exit).toBe(3);
    expect(run.stderr).toContain("rejected");
    expect(run.stderr + run.stdout).not.toContain("not-the-right-one");
    expect(server.loginAttempts).toBe(1);
  });

  it("lists the existing profiles if the given one is unknown", async () => {
    const { run } = await altaWorld();
    const { exit, stderr } = await run(["api", "acmee", ZONES]);
    expect(exit).toBe(2);
    expect(stderr).toContain('there is no profile "acmee"');
    expect(stderr).toContain("Profiles: acme.");
  });

  it("accepts a full URL of the profile's host, and sends nothing to another host", async () => {
    const { server, url, run } = await altaWorld();
    expect((await run(["api", PROFILE, `${url}/${ZONES}`])).exit).toBe(0);
    server.clearRequests();
    const away = await run(["api", PROFILE, `https://elsewhere.example/${ZONES}`]);
    expect(away.exit).toBe(2);
    expect(away.stderr).toContain("https://elsewhere.example");
    expect(server.requests).toEqual([]);
  });

  it("distinguishes an unreachable vendor from one that answers", async () => {
    const base = await home();
    // Nothing listens on port 2. `fetch` does not even try port 1.
    await writeProfiles(base, { [PROFILE]: { vendor: "alta", username: "a@b.example", url: "http://127.0.0.1:2" } });
    const run = await vms(["api", PROFILE, ZONES], environment(base, { VMS_ALTA_PASSWORD: "made-up" }));
    expect(run.exit).toBe(5);
    expect(run.stderr).toContain("ECONNREFUSED");
  });

  it("shows its options, exit statuses and examples in its help", async () => {
    const { exit, stdout } = await vms(["help", "api"], environment(await home()));
    expect(exit).toBe(0);
    for (const part of ["--method", "--raw-field", "--input", "Exit status", "Examples:"])
      expect(stdout).toContain(part);
  });
});

describe("vms api, response", () => {
  it.each([
    [404, 4, "404"],
    [429, 5, "429"],
    [503, 5, "503"],
  ])("prints the body of a response with status %i, and exits with %i", async (status, exit, word) => {
    const { server, run } = await altaWorld();
    server.script({
      when: ({ path }) => path === "/x",
      status,
      body: "what went wrong",
      headers: { "retry-after": "7" },
    });
    const result = await run(["api", PROFILE, "x?key=made-up"]);
    expect(result).toMatchObject({ exit, stdout: "what went wrong" });
    // The query may contain a secret.
    expect(result.stderr).toContain(`\nvms: GET x: the vendor answered ${word}`);
    expect(result.stderr).toContain("The vendor asks to wait 7 s.");
  });

  it("follows a redirect to the same origin", async () => {
    const { server, run } = await altaWorld();
    server.script({ when: ({ path }) => path === "/old", status: 302, headers: { location: `/${ZONES}` } });
    expect(await run(["api", PROFILE, "old"])).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining("Loading dock"),
    });
  });

  it("prints status line and headers with --include, without cookies", async () => {
    const { run } = await worldOf(createAltaServer({ rotate: "keep-old" }));
    const { stdout, exit } = await run(["api", PROFILE, ZONES, "--include"]);
    expect(exit).toBe(0);
    const [head = "", body] = stdout.split("\r\n\r\n");
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(head).toContain("content-type: application/json");
    expect(head.toLowerCase()).not.toContain("set-cookie");
    expect(JSON.parse(body ?? "")).toBeTypeOf("object");
  });

  it("prints the bytes unchanged in a pipe and with --raw", async () => {
    const { server, run, env } = await altaWorld();
    const headers = { "content-type": "application/json" };
    const body = '{"id":1,\n"x":"\u009b"}';
    server.script({ when: ({ path }) => path === "/n", headers, body, times: 3 });
    expect((await run(["api", PROFILE, "n"])).stdout).toBe(body);
    expect((await vms(["api", PROFILE, "n"], { ...env, FORCE_COLOR: "1" })).stdout).toBe(body);
    expect((await vmsOnScreen(80, ["api", PROFILE, "n", "--raw"], env)).stdout).toBe(body);
  });

  it("formats JSON on a terminal, and escapes other text", async () => {
    const { server, env } = await altaWorld();
    const answer = async (type: string, body: string, more = {}) => {
      server.script({ when: ({ path }) => path === "/n", headers: { "content-type": type }, body });
      return (await vmsOnScreen(80, ["api", PROFILE, "n"], { ...env, ...more })).stdout;
    };
    const plain = { NO_COLOR: "1" };
    expect(await answer("application/json", '{"b":12345678901234567890,"1":[1.0]}', plain)).toBe(
      '{\n  "b": 12345678901234567890,\n  "1": [\n    1.0\n  ]\n}\n',
    );
    expect(await answer("application/json", '{"b":1}', { FORCE_COLOR: "1" })).toBe(
      '{\n  \x1b[36m"b"\x1b[39m: \x1b[33m1\x1b[39m\n}\n',
    );
    expect(await answer("text/plain", '{"b":1}\x1b[2J')).toBe('{"b":1}\\u001b[2J\n');
  });

  it("fails if the response ends early, after printing what arrived", async () => {
    const { server, run } = await altaWorld();
    server.script({ when: ({ path }) => path === "/half", body: "0123456789", drop: "in-body" });
    const result = await run(["api", PROFILE, "half"]);
    expect(result).toMatchObject({ exit: 5, stdout: "01234" });
    expect(result.stderr).toMatch(/^\nvms: the response ended early/);
  });
});

describe("vms api, request", () => {
  const echo = async (args: readonly string[], input?: string) => {
    const { server, run, home } = await altaWorld();
    server.script({ when: ({ path }) => path === "/echo", times: 9, status: 200, body: "done" });
    await writeFile(join(home, "note.txt"), "the note");
    await writeFile(join(home, "body.json"), '{"from":"file"}');
    const result = await run(["api", PROFILE, "echo", ...args.map((arg) => arg.replaceAll("HOME", home))], input);
    expect(result).toMatchObject({ exit: 0, stderr: "", stdout: "done" });
    const sent = server.requests.find(({ path }) => path === "/echo");
    return {
      method: sent?.method,
      query: new URL(sent?.url ?? "").search,
      body: sent?.body ?? "",
      headers: sent?.headers,
    };
  };

  it("sends fields as a JSON body with POST: typed with -F, as text with -f", async () => {
    const fields = [
      "-f",
      "name=5",
      "-F",
      "n=5",
      "-F",
      "half=0.5",
      "-F",
      "yes=true",
      "-F",
      "none=null",
      "-F",
      "note=@HOME/note.txt",
    ];
    const { method, body, headers } = await echo([
      ...fields,
      "-f",
      "tags[]=a",
      "-f",
      "tags[]=b",
      "-f",
      "at[city]=Riga",
    ]);
    expect(method).toBe("POST");
    expect(headers?.get("content-type")).toBe("application/json");
    expect(JSON.parse(String(body))).toEqual({
      name: "5",
      n: 5,
      half: 0.5,
      yes: true,
      none: null,
      note: "the note",
      tags: ["a", "b"],
      at: { city: "Riga" },
    });
  });

  it("adds fields to the existing query of a GET", async () => {
    const { method, query } = await echo(["-X", "get", "-f", "a b=c&d", "-F", "n=1"]);
    expect({ method, query }).toEqual({ method: "GET", query: "?a+b=c%26d&n=1" });
  });

  it("adds fields to the query if --input is the body", async () => {
    const { method, query, body, headers } = await echo(["--input", "HOME/body.json", "-f", "a=b"]);
    expect({ method, query, body: String(body) }).toEqual({ method: "POST", query: "?a=b", body: '{"from":"file"}' });
    expect(headers?.get("content-type")).toBe("application/json");
  });

  it("reads the body from standard input, and headers and method from the command line", async () => {
    const args = ["-X", "PUT", "--input", "-", "-H", "Content-Type: text/csv", "-H", "x-one: 1", "-H", "x-one: 2"];
    const { method, body, headers } = await echo(args, "a,b\n");
    expect({ method, body: String(body) }).toEqual({ method: "PUT", body: "a,b\n" });
    expect(headers?.get("content-type")).toBe("text/csv");
    expect(headers?.get("x-one")).toBe("1, 2");
  });

  it.each<[string, readonly string[]]>([
    ['vms: -f has no "=": it must be key=value.\nFor example: -f name=anna', ["-f", "s3cret"]],
    ['vms: the 2nd -F has no "=": it must be key=value.\nFor example: -F', ["-F", "a=1", "-F", "s3cret"]],
    ['-f has no key before the "="', ["-f", "=s3cret"]],
    ['the 2nd -f has the malformed key "a[b".\nNested keys: place[city]=Riga', ["-f", "a=1", "-f", "a[b=s3cret"]],
    ['-f has the malformed key "a\\u001b[2J".', ["-f", "a\x1b[2J=s3cret"]],
    ['the 3rd -H has no ":": it must be key:value.', ["-H", "a: 1", "-H", "b: 1", "-H", "s3cret"]],
    ['-H has no key before the ":"', ["-H", ": s3cret"]],
    ["-H has a key with characters that a header cannot have", ["-H", "Bearer s3cret: x"]],
    ['the value of the header "x-note" has characters', ["-H", "x-note: s3cret\n☃"]],
    ['the header "content-length" is set by vms itself.\nLeave out -H.', ["-H", "content-length: 5"]],
    ['the field "a[b]" contradicts an earlier one', ["-f", "a=s3cret", "-f", "a[b]=2"]],
    ['the number of the field "a" is too large to be sent exactly', ["-F", "a=12345678901234567890"]],
    ['the file of the field "a" cannot be read (ENOENT).\nTo send text that begins with @', ["-F", "a=@s3cret"]],
    ["the file of --input cannot be read (ENOENT).\nIt must be a path", ["--input", '{"password":"s3cret"}']],
    ["--input is a directory.\nIt must be the path of a file", ["--input", "/"]],
    ["--method cannot be", ["-X", "TR ACE"]],
    ["has no body", ["-X", "GET", "--input", "-"]],
    ["standard input can be read once", ["--input", "-", "-F", "a=@-"]],
    ['can be read once, not by the fields "a" and "b"', ["-F", "a=@-", "-F", "b=@-"]],
    ["does not exist", ["-o", "/nonexistent/directory/file"]],
    ["is a directory", ["-o", "/"]],
  ])("is not sent if %s", async (message, args) => {
    const { server, run } = await altaWorld();
    const result = await run(["api", PROFILE, ZONES, ...args]);
    expect(result).toMatchObject({ exit: 2, stdout: "" });
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toContain("s3cret");
    expect(server.requests).toEqual([]);
  });
});
