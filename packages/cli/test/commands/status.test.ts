import { chmod, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createAdminTokenServer,
  createAlertSiteServer,
  createAltaServer,
  createEagleEyeServer,
  createFindFaceServer,
  type VendorServer,
} from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { writeProfiles } from "../support/profile-fixture.ts";
import { hasTerminals, vmsInTerminal, vmsInTerminalOf } from "../support/run-in-terminal.ts";
import { environment, home, vms, vmsOnScreen } from "../support/run-vms.ts";
import { filesIn, served } from "../support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };

interface Row {
  readonly profile: string;
  readonly state: string;
  readonly signedIn: boolean;
  readonly [key: string]: unknown;
}

async function signedIn(server: VendorServer, ...options: string[]) {
  const dir = await home();
  const env = environment(dir);
  const url = await served(server);
  const args = ["login", server.vendor, "--url", url, "-u", account.username, "--password-stdin", ...options];
  const run = await vms(args, env, account.password);
  expect([run.exit, run.stderr]).toEqual([0, expect.stringContaining("Signed in")]);
  server.clearRequests();
  return { dir, env, url, server };
}

async function rows(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Row[]> {
  return JSON.parse((await vms(["status", "--json", ...args], env)).stdout) as Row[];
}

/** Moves the times of the only profile's session into the past by changing the profile's lifetime or idle timeout. */
async function shorten(dir: string, options: Readonly<Record<string, number>>) {
  const path = join(dir, "config.json");
  const config = JSON.parse(await readFile(path, "utf8")) as { profiles: Record<string, object> };
  const profiles = Object.entries(config.profiles).map(([name, profile]) => [name, { ...profile, options }]);
  await writeFile(path, JSON.stringify({ ...config, profiles: Object.fromEntries(profiles) }), { mode: 0o600 });
}

test("without a profile, says how to sign in and prints nothing", async () => {
  const env = environment(await home());
  expect(await vms(["status"], env)).toMatchObject({
    exit: 3,
    stdout: "",
    stderr: expect.stringContaining("vms login"),
  });
  expect(await vms(["status", "--json"], env)).toMatchObject({ exit: 3, stdout: "[]\n" });
  expect((await vms(["status", "nobody"], env)).exit).toBe(2);
});

test("prints a session and its expiry as a table, without asking the vendor or writing", async () => {
  const server = createFindFaceServer({ account, lifetime: 3 * 3_600_000 });
  const { dir, env, url } = await signedIn(server);
  const times = async () => {
    const names = (await filesIn(dir)).filter((name) => name !== "cli-sessions");
    return Promise.all(names.map(async (name) => [name, (await stat(join(dir, name))).mtimeMs]));
  };
  const before = await times();
  const run = await vms(["status"], env);
  expect([run.exit, run.stderr]).toEqual([0, ""]);
  const [head, row, ...more] = run.stdout.trimEnd().split("\n");
  expect(head?.split(/ {2,}/)).toEqual(["PROFILE", "VENDOR", "ACCOUNT", "HOST", "STATE", "EXPIRES", "USED"]);
  expect(row?.split(/ {2,}/).slice(0, 5)).toEqual([
    "findface",
    "findface",
    account.username,
    new URL(url).host,
    "signed in",
  ]);
  expect(row).toMatch(/in (2h 59m|3h)/);
  expect(more).toEqual([]);
  expect(await times()).toEqual(before);
  expect(server.requests).toEqual([]);
});

test.runIf(hasTerminals)("colours the table on a terminal unless NO_COLOR is set", async () => {
  const { env } = await signedIn(createAltaServer({ account }));
  const shown = vmsInTerminal(["status"], env);
  expect(await shown.ended()).toBe(0);
  expect(shown.raw()).toContain("\x1b[2mPROFILE\x1b[22m");
  expect(shown.raw()).toContain("\x1b[32msigned in\x1b[39m");
  const plain = vmsInTerminal(["status"], { ...env, NO_COLOR: "1" });
  expect(await plain.ended()).toBe(0);
  expect(plain.raw()).toContain("PROFILE  ");
  expect(plain.raw()).not.toContain("\x1b[");
});

describe("on a terminal", () => {
  const profiles = (names: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(names).map(([name, username]) => [name, { vendor: "alertsite", username }]));
  const status = async (columns: number, names: Readonly<Record<string, string>>) => {
    const dir = await home();
    await writeProfiles(dir, profiles(names));
    return (await vmsOnScreen(columns, ["status"], environment(dir, { NO_COLOR: "1" }))).stdout;
  };

  test("a profile shows its vendor only if it is not named like it", async () => {
    expect(await status(120, { alertsite: "a@b.example" })).toMatch(/^PROFILE {4}ACCOUNT .*\nalertsite {2}a@b/);
    expect(await status(120, { second: "a@b.example" })).toMatch(
      /^PROFILE {13}ACCOUNT .*\nsecond \(alertsite\) {2}a@b/,
    );
  });

  test("a narrow terminal shows truncated accounts, and a block per profile if they look the same", async () => {
    const night = "night-watch-of-the-harbour@acme.example";
    const table = await status(80, { alertsite: night });
    expect(table.split("\n")[1]).toMatch(
      /^alertsite {2}night-watch-o…acme.example {2}www.alertsite.com {2}not signed in/,
    );
    const same = await status(60, { one: night, two: night.replace("harbour", "factory") });
    expect(same).toContain(`PROFILE  one (alertsite)\nACCOUNT  ${night}\nHOST     www.alertsite.com\n`);
  });

  test("60 columns show a table of ordinary profiles, without their hosts, and no column without a value", async () => {
    const dir = await home();
    const simulated = [
      ["alta", "alta", "integration@acme.example"],
      ["findface", "findface", "operator"],
      ["alertsite", "alertsite", "monitor@acme.example"],
      ["eagleeye", "eagleeye", "robin@acme.example"],
      ["admin-token", "admin-token", "admin@aipix.example"],
      ["sms", "eagleeye", "sms@acme.example"],
      ["email", "eagleeye", "email@acme.example"],
    ].map(([name = "", vendor = "", username = ""], n) => [
      name,
      { vendor, username, url: `http://127.0.0.1:4170${n}` },
    ]);
    await writeProfiles(dir, Object.fromEntries(simulated));
    const env = environment(dir, { NO_COLOR: "1" });
    const narrow = (await vmsOnScreen(60, ["status"], env)).stdout;
    expect(narrow.trimEnd().split("\n")).toHaveLength(simulated.length + 1);
    expect(narrow).toMatch(/^PROFILE +ACCOUNT +STATE +EXPIRES\n/);
    expect((await vmsOnScreen(80, ["status"], env)).stdout).toMatch(/^PROFILE +ACCOUNT +HOST +STATE +EXPIRES\n/);
    expect((await vmsOnScreen(60, ["profile", "list"], env)).stdout).toMatch(/^PROFILE +ACCOUNT +HOST +DEFAULT\n/);
    expect((await vmsOnScreen(40, ["profile", "list"], env)).stdout).toMatch(/^PROFILE +ACCOUNT +DEFAULT\n/);
  });

  test("every width from 60 columns fits, wide characters included", async () => {
    const names = { 港口: "夜班操作员@例子.example", harbour: "👩‍👩‍👧@acme.example", e: "e\u0301".repeat(40) };
    for (const columns of [60, 80, 100, 120]) {
      const lines = (await status(columns, names)).split("\n");
      expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    }
  });

  test.runIf(hasTerminals).each([60, 80])("a real terminal of %i columns shows no wrapped line", async (columns) => {
    const { env } = await signedIn(createAltaServer({ account }));
    const shown = vmsInTerminalOf(columns, ["status"], env);
    expect(await shown.ended()).toBe(0);
    const lines = shown.text().trimEnd().split("\r\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines[0]).toMatch(/^PROFILE {2}ACCOUNT .* HOST .* EXPIRES$/);
  });
});

test("prints the same as JSON, with times in ISO 8601 and no secret", async () => {
  const { env, url } = await signedIn(createFindFaceServer({ account, lifetime: 3_600_000 }));
  const run = await vms(["status", "--json"], env);
  const [row] = JSON.parse(run.stdout) as Row[];
  expect(row).toEqual({
    profile: "findface",
    vendor: "findface",
    account: account.username,
    subaccount: null,
    host: new URL(url).host,
    url: `${url}/`,
    state: "signed-in",
    signedIn: true,
    issuedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
    idleEndsAt: null,
    usedAt: null,
    checked: null,
    problem: null,
  });
});

test("counts the idle time from the last use", async () => {
  const { dir, env } = await signedIn(createAlertSiteServer({ account }));
  const run = await vms(["status"], env);
  expect(run.stdout).toMatch(/in 1[45]m if idle/);
  const [row] = await rows(env);
  expect(Date.parse(String(row?.idleEndsAt)) - Date.parse(String(row?.usedAt))).toBe(15 * 60_000);
  await shorten(dir, { idleTimeout: 1 });
  const ended = await vms(["status"], env);
  expect([ended.exit, ended.stdout]).toEqual([3, expect.stringMatching(/expired {2,}.* ago/)]);
});

test("distinguishes an expired session from none", async () => {
  const { dir, env, server } = await signedIn(createAltaServer({ account }));
  await shorten(dir, { lifetime: 1 });
  expect(await rows(env)).toMatchObject([{ state: "expired", signedIn: false }]);
  await vms(["logout"], env);
  expect(await rows(env)).toMatchObject([{ state: "not-signed-in", signedIn: false, issuedAt: null }]);
  expect((await vms(["status", "alta"], env)).exit).toBe(3);
  expect(server.loginAttempts).toBe(1);
});

test("a session that is due for renewal is still signed in", async () => {
  const { env } = await signedIn(createFindFaceServer({ account, lifetime: 60_000 }), "--option", "renewBefore=59s");
  expect(await rows(env)).toMatchObject([{ state: "signed-in" }]);
});

test("a session whose key is missing, and one with another key, are reported", async () => {
  const { dir, env } = await signedIn(createAltaServer({ account }));
  const key = await readFile(join(dir, "session-key"));
  await rm(join(dir, "session-key"));
  const gone = await vms(["status"], env);
  expect([gone.exit, gone.stdout]).toEqual([3, expect.stringContaining("key missing")]);
  expect(gone.stderr).toContain("session-key) is missing.\nRestore it, or sign in again: vms login alta\n");
  // No call creates another key, because it could not read the existing sessions.
  const call = await vms(["api", "alta", "api/v1/alarmZones"], { ...env, VMS_ALTA_PASSWORD: account.password });
  expect([call.exit, call.stderr]).toEqual([3, expect.stringContaining("is missing.")]);
  expect(await filesIn(dir)).not.toContain("session-key");
  await writeFile(join(dir, "session-key"), Buffer.alloc(32, 9).toString("base64"), { mode: 0o600 });
  const other = await vms(["status"], env);
  expect([other.exit, other.stdout]).toEqual([3, expect.stringContaining("unreadable")]);
  expect(other.stderr).toContain("the stored value cannot be decrypted.");
  await writeFile(join(dir, "session-key"), key, { mode: 0o600 });
  expect((await vms(["status"], env)).exit).toBe(0);
});

test("a profile without a URL shows the host of the vendor's only URL", async () => {
  const dir = await home();
  const profiles = { alertsite: { vendor: "alertsite", username: account.username } };
  await writeFile(join(dir, "config.json"), JSON.stringify({ profiles }), { mode: 0o600 });
  expect(await rows(environment(dir))).toMatchObject([{ host: "www.alertsite.com", url: null }]);
});

test("a profile with wrong options is reported with the others", async () => {
  const { dir, env } = await signedIn(createAltaServer({ account }));
  const path = join(dir, "config.json");
  const config = JSON.parse(await readFile(path, "utf8")) as { profiles: Record<string, object> };
  const bad = { vendor: "alertsite", username: "u", options: { transport: "pigeon" } };
  await writeFile(path, JSON.stringify({ ...config, profiles: { ...config.profiles, bad } }), { mode: 0o600 });
  const run = await vms(["status"], env);
  expect(run.exit).toBe(3);
  expect(run.stdout).toContain("signed in");
  expect(run.stdout).toContain("wrong options");
  expect(run.stderr).toContain('"header" or "query"');
});

test("does not wait for a vms that is signing in", async () => {
  const { dir, env, server } = await signedIn(createAltaServer({ account }));
  await vms(["logout"], env);
  const held = Promise.withResolvers<void>();
  const isHeld = Promise.withResolvers<void>();
  server.script({
    when: ({ path }) => {
      if (path.endsWith("dologin")) isHeld.resolve();
      return path.endsWith("dologin");
    },
    delay: held.promise,
  });
  const login = vms(["login", "alta", "--password-stdin"], env, account.password);
  await isHeld.promise;
  expect(await rows(env)).toMatchObject([{ state: "not-signed-in" }]);
  expect((await readdir(join(dir, "cli-sessions"))).some((name) => name.endsWith(".lock"))).toBe(true);
  held.resolve();
  expect((await login).exit).toBe(0);
});

test.each([
  ["alta", () => createAltaServer({ account })],
  ["findface", () => createFindFaceServer({ account })],
  ["alertsite", () => createAlertSiteServer({ account })],
  ["eagleeye", () => createEagleEyeServer({ account })],
])("--check asks %s, and never signs in, even if passwords are known", async (vendor, create) => {
  const { env, server } = await signedIn(create(), "--save-credentials", "--insecure-storage");
  const given = { ...env, [`VMS_${vendor.toUpperCase()}_PASSWORD`]: account.password };
  const checked = await vms(["status", "--check"], given);
  expect([checked.exit, checked.stdout]).toEqual([0, expect.stringMatching(/ VALID .*\n.* signed in {2}yes /)]);
  expect(server.requests.length).toBe(1);
  server.revokeAll();
  const refused = await vms(["status", "--check"], given);
  expect([refused.exit, refused.stdout]).toEqual([3, expect.stringMatching(/ refused +no /)]);
  expect(server.loginAttempts).toBe(1);
  // The stored session is unchanged: the next call notices that.
  expect((await vms(["status"], given)).exit).toBe(0);
});

test("--check sends no face of a user who signs in with one", async () => {
  const server = createFindFaceServer({ account: { ...account, face: "my face" }, mode: "face" });
  const dir = await home();
  const env = environment(dir);
  await writeFile(join(dir, "video.mp4"), "my face");
  const args = ["login", "findface", "--url", await served(server), "-u", account.username];
  expect((await vms([...args, "--option", `face=${join(dir, "video.mp4")}`], env)).exit).toBe(0);
  server.revokeAll();
  server.clearRequests();
  expect(await rows(env)).toMatchObject([{ state: "signed-in" }]);
  expect(server.requests).toEqual([]);
  expect(await rows(env, "--check")).toMatchObject([{ state: "refused" }]);
  expect(server.requests).toHaveLength(1);
});

test("--check distinguishes a vendor that does not answer from one that rejects the session", async () => {
  const { env, server } = await signedIn(createAltaServer({ account }));
  server.script({ status: 503, times: 5 });
  const run = await vms(["status", "--check"], env);
  expect([run.exit, run.stdout]).toEqual([5, expect.stringMatching(/ unknown +\? /)]);
  expect(run.stderr).toBe("alta: the vendor answered 503.\nTo see what is wrong: vms doctor alta\n");
});

test.runIf(hasTerminals)("a blank line separates the table from the messages below it", async () => {
  const { env, server } = await signedIn(createAltaServer({ account }));
  server.script({ status: 503, times: 5 });
  const shown = vmsInTerminalOf(80, ["status", "--check"], { ...env, NO_COLOR: "1" });
  expect(await shown.ended()).toBe(5);
  expect(shown.text()).toMatch(/\r\nalta +[^\n]*\r\n\r\nalta: the vendor answered 503\.\r\n/);
});

test("--check prints the same line for each profile whose vendor is down", async () => {
  const servers = [createAltaServer, createFindFaceServer, createAlertSiteServer, createEagleEyeServer].map((create) =>
    create({ account }),
  );
  const env = environment(await home());
  const lines: string[] = [];
  for (const server of [...servers, createAdminTokenServer({ account })]) {
    const { baseUrl, close } = await serve(server);
    const args = ["login", server.vendor, "--url", baseUrl, "-u", account.username, "--password-stdin"];
    expect((await vms(args, env, account.password)).exit).toBe(0);
    await close();
    lines.push(`${server.vendor}: nothing listens at ${new URL(baseUrl).host} (ECONNREFUSED).`);
  }
  const run = await vms(["status", "--check"], env);
  expect(run.exit).toBe(5);
  expect(run.stderr.trimEnd().split("\n")).toEqual([...lines, "To see what is wrong: vms doctor alta"]);
});

test.runIf(process.platform !== "win32")(
  "a session directory that others can write to is reported with a hint",
  async () => {
    const { dir, env } = await signedIn(createAltaServer({ account }));
    await chmod(join(dir, "cli-sessions"), 0o777);
    const run = await vms(["status"], env);
    expect([run.exit, run.stdout]).toEqual([3, expect.stringContaining("unreadable")]);
    expect(run.stderr).toContain("chmod 700");
  },
);
