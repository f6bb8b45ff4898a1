import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createAltaServer, createFindFaceServer } from "@vms/simulator";
import { describe, expect, test } from "vitest";
import { vendorNames } from "../../src/profiles/vendors.ts";
import { environment, home, vms } from "../support/run-vms.ts";
import { filesIn, leftoversIn, profilesIn, served } from "../support/simulated-vendors.ts";

const USERNAME = "night@acme.example";
const PASSWORD = "quiet-harbour-31";
const account = { username: USERNAME, password: PASSWORD };

/** An Alta server, a home, and an environment with everything that `vms login alta` needs. */
async function alta(options: Parameters<typeof createAltaServer>[0] = {}) {
  const server = createAltaServer({ account, ...options });
  const url = await served(server);
  const dir = await home();
  const env = environment(dir, { VMS_ALTA_URL: url, VMS_ALTA_USERNAME: USERNAME, VMS_ALTA_PASSWORD: PASSWORD });
  return { server, url, dir, env };
}

describe("vms login without a terminal", () => {
  test("signs in with the environment's values, and saves the profile without a secret", async () => {
    const { server, url, dir, env } = await alta();
    const run = await vms(["login", "alta"], env);
    expect(run).toMatchObject({ exit: 0, stdout: "" });
    expect(run.stderr).toContain(
      `Signed in to Avigilon Alta Video as ${USERNAME} at ${new URL(url).host}. The session `,
    );
    expect(run.stderr).toContain("Profile: alta");
    expect(server.logins).toBe(1);
    expect(await profilesIn(dir)).toEqual({ alta: { vendor: "alta", username: USERNAME, url } });
    for (const path of await filesIn(dir)) {
      const { mode } = await stat(join(dir, path));
      if (process.platform !== "win32") expect([path, mode & 0o077]).toEqual([path, 0]);
      const text = await readFile(join(dir, path), "utf8").catch(() => "");
      expect(text).not.toContain(PASSWORD);
    }
    expect(await leftoversIn(dir)).toEqual([]);
  });

  test("prefers options to the environment, and reads the password from standard input without its line end", async () => {
    const { server, url, dir } = await alta();
    const env = environment(dir, { VMS_ALTA_URL: "https://nowhere.invalid", VMS_ALTA_USERNAME: "someone" });
    const run = await vms(["login", "alta", "--url", url, "-u", USERNAME, "--password-stdin"], env, `${PASSWORD}\r\n`);
    expect(run.exit).toBe(0);
    expect(server.logins).toBe(1);
  });

  test.each([
    ["URL", "--url", "VMS_ALTA_URL", ["-u", USERNAME]],
    ["user name", "--username", "VMS_ALTA_USERNAME", ["--url", "https://acme.example"]],
    ["password", "--password-stdin", "VMS_ALTA_PASSWORD", ["--url", "https://acme.example", "-u", USERNAME]],
  ])("names the option and the variable if the %s is missing", async (what, flag, variable, args) => {
    const dir = await home();
    const run = await vms(["login", "alta", ...args], environment(dir));
    expect(run).toMatchObject({ exit: 2, stdout: "" });
    expect(run.stderr).toContain(what);
    expect(run.stderr).toContain(flag);
    expect(run.stderr).toContain(variable);
    expect(await filesIn(dir)).toEqual([]);
  });

  test("asks for no URL if the vendor has one for all customers", async () => {
    const run = await vms(["login", "alertsite"], environment(await home()));
    expect(run.exit).toBe(2);
    expect(run.stderr).toContain("user name for SmartBear AlertSite");
  });

  test("lists the vendors", async () => {
    const env = environment(await home());
    for (const args of [["login"], ["login", "acme"]]) {
      const run = await vms(args, env);
      expect(run.exit).toBe(2);
      expect(run.stderr).toContain(vendorNames.join(", "));
    }
  });

  test("does not send a wrong password twice, and names its source", async () => {
    const { server, dir, env } = await alta();
    const run = await vms(["login", "alta"], { ...env, VMS_ALTA_PASSWORD: "wrong-one-1" });
    expect(run.exit).toBe(3);
    expect(run.stderr).toContain("VMS_ALTA_PASSWORD");
    expect(run.stderr).not.toContain("wrong-one-1");
    expect(run.stderr).not.toContain("`");
    expect(server.loginAttempts).toBe(1);
    expect(await profilesIn(dir)).toEqual({});
    expect(await leftoversIn(dir)).toEqual([]);
  });

  test("does not send the environment's password for another user", async () => {
    const { server, url, env } = await alta();
    const run = await vms(["login", "alta", "--username", "other@acme.example", "--url", url], env);
    expect(run.exit).toBe(2);
    expect(server.loginAttempts).toBe(0);
  });

  test("uses a stored session after asking the vendor, and reports that", async () => {
    const { server, dir, env } = await alta();
    await vms(["login", "alta"], env);
    const run = await vms(["login", "alta"], env);
    expect(run.exit).toBe(0);
    expect(run.stderr).toContain("Already signed in to Avigilon Alta Video");
    expect(run.stderr).toContain("vms renew alta");
    expect(server.logins).toBe(1);
    expect(Object.keys(await profilesIn(dir))).toEqual(["alta"]);
  });

  test("signs in again if the vendor has ended the stored session", async () => {
    const { server, env } = await alta();
    await vms(["login", "alta"], env);
    server.revokeAll();
    const run = await vms(["login", "alta"], env);
    expect(run.exit).toBe(0);
    expect(run.stderr).toContain("The vendor rejects the stored session");
    expect(run.stderr).toContain("Signed in to");
    expect(server.logins).toBe(2);
  });

  test("signs in a profile by its name", async () => {
    const { server, env } = await alta();
    await vms(["login", "alta", "--profile", "night"], env);
    server.revokeAll();
    expect((await vms(["login", "night"], env)).exit).toBe(0);
    expect(server.logins).toBe(2);
  });

  test("assumes HTTPS for a bare host", async () => {
    const run = await vms(
      ["login", "alta", "--url", "127.0.0.1:49151", "-u", USERNAME, "--password-stdin", "--verbose"],
      environment(await home()),
      PASSWORD,
    );
    expect(run.exit).toBe(5);
    expect(run.stderr).toContain("https://127.0.0.1:49151");
  });

  test("rejects plain HTTP to other machines before any prompt or request", async () => {
    const args = ["login", "alta", "--url", "http://acme.invalid", "-u", USERNAME];
    const run = await vms(args, environment(await home()));
    expect(run.exit).toBe(2);
    expect(run.stderr).toContain("--allow-http");
    expect(run.stderr).not.toContain("allowInsecureHttp");
  });

  test.each([
    ["a URL with a password in it", ["--url", "https://me:hidden-pw-7@acme.example"], "user name or password"],
    ["a name that is no file's", ["--profile", "../up"], "cannot be the name"],
    ["certificates that are not there", ["--ca", "missing.pem"], "there is no certificate file"],
    ["--account of a vendor without accounts", ["--account", "00004206"], "Eagle Eye"],
    ["--insecure-storage alone", ["--insecure-storage"], "--save-credentials"],
    ["--simulator with a URL", ["--simulator", "--url", "https://acme.example"], "--url"],
  ])("refuses %s", async (_, args, said) => {
    const dir = await home();
    const env = environment(dir, { VMS_ALTA_URL: "https://acme.invalid", VMS_ALTA_USERNAME: USERNAME });
    const run = await vms(["login", "alta", ...args], env);
    expect(run.exit).toBe(2);
    expect(run.stderr).toContain(said);
    expect(run.stderr).not.toContain("hidden-pw-7");
    expect(await filesIn(dir)).toEqual([]);
  });

  test("says how to provide a second factor if nobody can be asked", async () => {
    const { server, dir, env } = await alta({ account: { ...account, totpSecret: "JBSWY3DPEHPK3PXP" } });
    const run = await vms(["login", "alta"], env);
    expect(run.exit).toBe(3);
    expect(run.stderr).toContain("VMS_ALTA_TOTP");
    expect(run.stderr).not.toContain("secondFactor");
    expect(server.sessions).toBe(0);
    expect(await profilesIn(dir)).toEqual({});
    const signedIn = await vms(["login", "alta"], { ...env, VMS_ALTA_TOTP: "JBSWY3DPEHPK3PXP" });
    expect(signedIn.exit).toBe(0);
    expect(signedIn.stderr).not.toContain("JBSWY3DP");
  });

  test("reports an unreachable vendor with its own exit status", async () => {
    const { server, env, dir } = await alta();
    server.script({ drop: "before-headers", times: 10 });
    const run = await vms(["login", "alta"], env);
    expect(run.exit).toBe(5);
    expect(await profilesIn(dir)).toEqual({});
  });

  test("signs in a FindFace user with the face alone, without asking for a password", async () => {
    const server = createFindFaceServer({ account: { ...account, face: "my face" }, mode: "face" });
    const url = await served(server);
    const dir = await home();
    await writeFile(join(dir, "video.mp4"), "my face");
    const args = ["login", "findface", "--url", url, "-u", USERNAME, "--option", `face=${join(dir, "video.mp4")}`];
    const run = await vms(args, environment(dir));
    expect([run.exit, run.stderr]).toEqual([0, expect.stringContaining("Signed in to NtechLab FindFace Multi")]);
  });

  test("says when the session expires", async () => {
    const server = createFindFaceServer({ account, lifetime: 3 * 3_600_000 });
    const env = environment(await home(), { VMS_FINDFACE_PASSWORD: PASSWORD });
    const run = await vms(["login", "findface", "--url", await served(server), "-u", USERNAME], env);
    expect(run.stderr).toMatch(/The session expires at \d{4}-\d\d-\d\d \d\d:\d\d \(in (2 h 59 min|3 h)\)\./);
  });

  test("shows examples in its help", async () => {
    const run = await vms(["help", "login"], environment(await home()));
    expect(run).toMatchObject({ exit: 0, stderr: "" });
    expect(run.stdout).toContain("Examples:");
    expect(run.stdout).toContain("Exit status:");
  });
});

describe("vms login --simulator", () => {
  test("signs in without prompts, whatever the simulator's port", async () => {
    const dir = await home();
    const env = environment(dir);
    for (let start = 1; start <= 2; start++) {
      const server = createAltaServer({ account });
      const baseUrl = await served(server);
      await writeFile(join(dir, "simulator.json"), JSON.stringify({ alta: { baseUrl, ...account } }), { mode: 0o600 });
      const run = await vms(["login", "alta", "--simulator"], env);
      expect([run.exit, run.stderr]).toEqual([0, expect.stringContaining("Signed in to")]);
      expect(server.logins).toBe(1);
      expect(await profilesIn(dir)).toMatchObject({ alta: { url: baseUrl } });
    }
  });

  test("reports that the simulator is not running", async () => {
    const dir = await home();
    const env = environment(dir);
    const none = await vms(["login", "alta", "--simulator"], env);
    expect([none.exit, none.stderr]).toEqual([2, expect.stringContaining("vms simulator")]);
    const left = { alta: { baseUrl: "http://127.0.0.1:1", ...account } };
    await writeFile(join(dir, "simulator.json"), JSON.stringify(left), { mode: 0o600 });
    const killed = await vms(["login", "alta", "--simulator"], env);
    expect([killed.exit, killed.stderr]).toEqual([2, expect.stringContaining("is not running")]);
  });

  test("does not replace the profile of a real account", async () => {
    const { dir, env } = await alta();
    const real = { vendor: "alta", username: "ops@acme.example", url: "https://acme.example" };
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, "config.json"), JSON.stringify({ profiles: { alta: real } }), { mode: 0o600 });
    const baseUrl = await served(createAltaServer({ account }));
    await writeFile(join(dir, "simulator.json"), JSON.stringify({ alta: { baseUrl, ...account } }), { mode: 0o600 });
    const run = await vms(["login", "alta", "--simulator"], env);
    expect([run.exit, run.stderr]).toEqual([2, expect.stringContaining("--profile")]);
    expect(await profilesIn(dir)).toEqual({ alta: real });
  });
});

test("distinguishes an unknown face from a wrong password", async () => {
  const server = createFindFaceServer({ account: { ...account, face: "my face" }, mode: "face" });
  const dir = await home();
  await writeFile(join(dir, "video.mp4"), "somebody else's");
  const args = [
    "login",
    "findface",
    "--url",
    await served(server),
    "-u",
    USERNAME,
    "--option",
    `face=${dir}/video.mp4`,
  ];
  const run = await vms(args, environment(dir));
  expect(run.exit).toBe(3);
  expect(run.stderr).toContain("did not recognize the face");
  expect(run.stderr.trim().split("\n")).toHaveLength(1);
});
