import process from "node:process";
import { createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { describe, expect, it } from "vitest";
import type { Profile } from "../src/profiles/profile.ts";
import { resolveProfile } from "../src/profiles/resolve-profile.ts";
import { altaWorld, PROFILE, writeProfiles } from "./support/profile-fixture.ts";
import { environment, home, vms, vmsProcess } from "./support/run-vms.ts";
import { profilesIn, served } from "./support/simulated-vendors.ts";
import { testSystem } from "./support/test-system.ts";

const ZONES = "api/v1/alarmZones";
const profile: Profile = { vendor: "alta", username: "night@acme.example", url: "https://acme.example" };

/** Two vendors, each with a profile: `acme` of Alta and `night` of Eagle Eye. */
async function two() {
  const [alta, eagleeye] = [createAltaServer(), createEagleEyeServer()];
  const dir = await home();
  const [first, second] = [alta, eagleeye].map(({ account }) => account);
  await writeProfiles(dir, {
    [PROFILE]: { vendor: "alta", username: first?.username, url: await served(alta) },
    night: { vendor: "eagleeye", username: second?.username, url: await served(eagleeye) },
  });
  const env = environment(dir, {
    VMS_ALTA_PASSWORD: alta.account.password,
    VMS_EAGLEEYE_PASSWORD: eagleeye.account.password,
  });
  return { alta, eagleeye, dir, env, acme: { ...env, VMS_PROFILE: PROFILE }, night: { ...env, VMS_PROFILE: "night" } };
}

describe("the default profile", () => {
  const both = { profiles: { a: profile, b: profile } };

  const withDefault = (VMS_PROFILE?: string) =>
    testSystem([], environment("/nonexistent", VMS_PROFILE === undefined ? {} : { VMS_PROFILE })).system;

  it("is the only one", () => {
    const system = withDefault();
    expect(resolveProfile(system, { profiles: { only: profile } }, undefined)).toEqual({ name: "only", profile });
    expect(() => resolveProfile(system, { profiles: {} }, undefined)).toThrow("no profile yet");
    expect(() => resolveProfile(system, both, undefined)).toThrow("more than one");
  });

  it("is the one that VMS_PROFILE names, unless the variable is empty", () => {
    expect(resolveProfile(withDefault("b"), both, undefined).name).toBe("b");
    expect(() => resolveProfile(withDefault(""), both, undefined)).toThrow("more than one");
  });

  it("is the one of vms profile use, unless VMS_PROFILE names another one", () => {
    const chosen = { ...both, default: "a" };
    expect(resolveProfile(withDefault(), chosen, undefined).name).toBe("a");
    expect(resolveProfile(withDefault("b"), chosen, undefined).name).toBe("b");
    expect(resolveProfile(withDefault(), chosen, "b").name).toBe("b");
    expect(() => resolveProfile(withDefault(), { ...both, default: "toString" }, undefined)).toThrow("does not exist");
  });

  it("is not used if a name is given", () => {
    expect(resolveProfile(withDefault("b"), both, "a").name).toBe("a");
    expect(() => resolveProfile(withDefault("b"), both, "toString")).toThrow('there is no profile "toString"');
    expect(resolveProfile(withDefault("gone"), both, "a").name).toBe("a");
  });

  it("is an error if VMS_PROFILE names an unknown profile, even if there is only one profile", () => {
    for (const name of ["gone", "toString", "\u001b[2J"]) {
      const system = withDefault(name);
      for (const config of [{ profiles: { only: profile } }, both, { profiles: {} }]) {
        expect(() => resolveProfile(system, config, undefined)).toThrow(
          /^VMS_PROFILE names the profile "[^\p{Cc}]+", which/u,
        );
      }
    }
  });
});

describe("a command without a profile", () => {
  it("uses the profile of VMS_PROFILE", async () => {
    const { env, acme, night } = await two();
    expect((await vms(["api", ZONES], acme)).exit).toBe(0);
    expect((await vms(["api", ZONES, "--raw"], acme)).exit).toBe(0);
    expect((await vms(["api", "g/device/list"], night)).exit).toBe(0);
    for (const [one, name] of [
      [acme, PROFILE],
      [night, "night"],
    ] as const) {
      expect((await vms(["token"], one)).stdout).toBe((await vms(["token", name], env)).stdout);
      expect(JSON.parse((await vms(["export", "--format", "json"], one)).stdout)).toMatchObject({ profile: name });
      expect(JSON.parse((await vms(["renew", "--json"], one)).stdout)).toMatchObject({ profile: name });
      expect(JSON.parse((await vms(["doctor", "--json"], one)).stdout)).toMatchObject({ profile: name });
    }
  });

  it("uses the only profile", async () => {
    const { run, env } = await altaWorld();
    expect((await run(["api", ZONES])).exit).toBe(0);
    expect((await run(["token"])).exit).toBe(0);
    expect((await run(["doctor", "--json"])).exit).toBe(0);
    expect(await vms(["exec", "--", "sh", "-c", "echo $VMS_PROFILE"], env)).toMatchObject({
      exit: 0,
      stdout: "acme\n",
    });
  });

  it("fails if there is no default, and lists the profiles", async () => {
    const { alta, env } = await two();
    const format = ["--format", "json"];
    for (const args of [
      ["api", ZONES],
      ["token"],
      ["export", ...format],
      ["exec", "--", "true"],
      ["doctor"],
      ["proxy"],
    ]) {
      const run = await vms(args, env);
      expect([run.exit, run.stdout]).toEqual([2, ""]);
      expect(run.stderr).toContain(
        "Profiles: acme, night. Or choose a default: vms profile use <name>, or VMS_PROFILE.",
      );
      const gone = await vms(args, { ...env, VMS_PROFILE: "gone" });
      expect([gone.exit, gone.stdout]).toEqual([2, ""]);
      expect(gone.stderr).toContain('VMS_PROFILE names the profile "gone", which does not exist.');
    }
    expect(alta.loginAttempts).toBe(0);
  });
});

describe("vms api with one word", () => {
  it("reports a missing path if the word is a profile, and sends nothing", async () => {
    const { alta, acme } = await two();
    for (const args of [
      ["api", "night"],
      ["api", PROFILE, "--raw"],
    ]) {
      const run = await vms(args, acme);
      expect([run.exit, run.stderr]).toEqual([
        2,
        `vms: "${args[1]}" is a profile, and the path is missing.\nWrite: vms api ${args[1]} <path>\n`,
      ]);
    }
    expect(alta.requests).toEqual([]);
    expect((await vms(["api", "/night"], acme)).exit).toBe(4);
  });
});

describe("vms account with one word", () => {
  it("uses the default profile", async () => {
    const { dir, night, acme } = await two();
    expect((await vms(["account", "00061987"], night)).exit).toBe(0);
    expect(await profilesIn(dir)).toMatchObject({ "night-00061987": { options: { account: "00061987" } } });
    const missing = await vms(["account", "night"], night);
    expect([missing.exit, missing.stderr]).toEqual([2, expect.stringContaining("the id is missing")]);
    const other = await vms(["account", "00061987"], acme);
    expect([other.exit, other.stderr]).toEqual([2, expect.stringContaining("has no accounts to choose from")]);
  });
});

describe.skipIf(process.platform === "win32")("vms exec with -- first", () => {
  it("runs the command with the default profile's credential", async () => {
    const { acme, night } = await two();
    const print = ["sh", "-c", 'echo "$VMS_PROFILE $VMS_VENDOR"'];
    expect((await vms(["exec", "--", ...print], acme)).stdout).toBe("acme alta\n");
    expect((await vms(["exec", "--verbose", "--", ...print], night)).stdout).toBe("night eagleeye\n");
    expect((await vms(["exec", "night", "--", ...print], acme)).stdout).toBe("night eagleeye\n");
    expect((await vms(["exec", "--", "echo", "--", "night"], acme)).stdout).toBe("-- night\n");
    expect((await vms(["exec", "--", "echo"], acme)).stdout).toBe("\n");
  });

  it("takes the first word as the profile if there is no --", async () => {
    const { acme } = await two();
    const run = await vms(["exec", "echo", "ran"], acme);
    expect([run.exit, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain('there is no profile "echo"');
    const withOption = await vms(["exec", "sh", "-c", "echo ran"], acme);
    expect([withOption.exit, withOption.stdout]).toEqual([2, ""]);
    expect(withOption.stderr).toContain("Put -- before the command: vms exec [profile] -- <command> …");
  });

  it("makes its profile the default for vms in the command", async () => {
    const { acme } = await two();
    const [program, bin] = [process.execPath, new URL("../src/bin.ts", import.meta.url).pathname];
    const { stdout } = await vmsProcess(["exec", "night", "--", program, bin, "export", "--format", "json"], acme);
    expect(JSON.parse(stdout)).toMatchObject({ profile: "night" });
  });
});

describe("vms logout", () => {
  it("signs out the given profile, even if VMS_PROFILE names another", async () => {
    const { alta, eagleeye, acme, night } = await two();
    await vms(["token"], acme);
    await vms(["token"], night);
    expect((await vms(["logout", "night"], acme)).exit).toBe(0);
    expect([alta.sessions, eagleeye.sessions]).toEqual([1, 0]);
  });

  it("signs out the profile of VMS_PROFILE, and says which", async () => {
    const { alta, eagleeye, acme, night } = await two();
    await vms(["token"], acme);
    await vms(["token"], night);
    expect(await vms(["logout"], acme)).toMatchObject({ exit: 0, stderr: expect.stringContaining("Avigilon Alta") });
    expect([alta.sessions, eagleeye.sessions]).toEqual([0, 1]);
  });

  it("signs out nothing if VMS_PROFILE names an unknown profile", async () => {
    const { server, env, run } = await altaWorld();
    await run(["token"]);
    const { exit, stderr } = await vms(["logout", "--forget"], { ...env, VMS_PROFILE: "gone" });
    expect([exit, stderr]).toEqual([2, expect.stringContaining("VMS_PROFILE")]);
    expect(server.sessions).toBe(1);
  });

  it("--all signs out all, even if VMS_PROFILE is set", async () => {
    const { alta, eagleeye, env, acme, night } = await two();
    await vms(["token"], acme);
    await vms(["token"], night);
    expect((await vms(["logout", "--all"], { ...env, VMS_PROFILE: "gone" })).exit).toBe(0);
    expect([alta.sessions, eagleeye.sessions]).toEqual([0, 0]);
  });
});

it("vms login and vms status do not read VMS_PROFILE", async () => {
  const { dir, env, alta } = await two();
  const gone = { ...env, VMS_PROFILE: "gone" };
  const login = ["login", "alta", "--url", await served(alta), "-u", alta.account.username];
  expect((await vms(login, gone)).exit).toBe(0);
  expect(Object.keys(await profilesIn(dir))).toEqual([PROFILE, "night", "alta"]);
  expect((await vms(["login"], { ...env, VMS_PROFILE: "night" })).stderr).toContain("name the vendor to sign in to");
  const status = JSON.parse((await vms(["status", "--json"], gone)).stdout) as { profile: string }[];
  expect(status.map((row) => row.profile)).toEqual([PROFILE, "night", "alta"]);
});
