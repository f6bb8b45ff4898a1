import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createAltaServer } from "@vms/simulator";
import { describe, expect, it } from "vitest";
import { writeProfiles } from "../support/profile-fixture.ts";
import { hasTerminals, vmsInTerminal } from "../support/run-in-terminal.ts";
import { environment, home as makeHome, vms } from "../support/run-vms.ts";
import { profilesIn, served } from "../support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };

/** A home with a signed-in profile `alta`, a profile `second` of the same account, and one of another account. */
async function three() {
  const server = createAltaServer({ account });
  const url = await served(server);
  const dir = await makeHome();
  const env = environment(dir);
  const login = ["login", "alta", "--url", url, "-u", account.username, "--password-stdin"];
  const stored = ["--save-credentials", "--insecure-storage"];
  expect((await vms([...login, ...stored], env, account.password)).exit).toBe(0);
  const alta = { vendor: "alta", username: account.username, url };
  const second = { ...alta, saved: "file" };
  const config = JSON.parse(await readFile(join(dir, "config.json"), "utf8")) as { profiles: object; key: string };
  const { alta: first } = config.profiles as { alta: object };
  await writeProfiles(
    dir,
    { alta: first, second, day: { ...alta, username: "day@acme.example" } },
    { key: config.key },
  );
  return { server, url, dir, env };
}

const configIn = async (dir: string) =>
  JSON.parse(await readFile(join(dir, "config.json"), "utf8")) as { default?: string };

describe("vms profile list", () => {
  it("prints a table with the default marked, or JSON", async () => {
    const { url, env } = await three();
    const { host } = new URL(url);
    expect((await vms(["profile", "use", "second"], env)).exit).toBe(0);
    const { stdout } = await vms(["profile", "list"], env);
    expect(stdout).toMatch(/^PROFILE +VENDOR +ACCOUNT +HOST +DEFAULT\n/);
    expect(stdout).toMatch(new RegExp(`^alta +alta +${account.username} +${host}$`, "m"));
    expect(stdout).toMatch(new RegExp(`^second +alta +${account.username} +${host} +\\*$`, "m"));
    const chosen = await vms(["profile", "list"], { ...env, VMS_PROFILE: "day" });
    expect(chosen.stdout).toMatch(/^day .* \* \(VMS_PROFILE\)$/m);
    const list = JSON.parse((await vms(["profile", "list", "--json"], env)).stdout) as { default: boolean }[];
    expect(list[1]).toEqual({
      profile: "second",
      vendor: "alta",
      account: account.username,
      subaccount: null,
      host,
      default: true,
    });
    expect(list.map((one) => one.default)).toEqual([false, true, false]);
  });

  it("prints no rows if there are no profiles", async () => {
    const env = environment(await makeHome());
    expect(await vms(["profile", "list"], env)).toEqual({
      exit: 0,
      stdout: "",
      stderr: "There are no profiles. Sign in: vms login <vendor>\n",
    });
    expect((await vms(["profile", "list", "--json"], env)).stdout).toBe("[]\n");
  });
});

describe("vms profile use", () => {
  it("sets the default profile, and --none removes it", async () => {
    const { dir, env } = await three();
    expect((await vms(["token"], env)).stderr).toContain("there is more than one profile");
    expect(await vms(["profile", "use", "second"], env)).toMatchObject({ exit: 0, stdout: "" });
    expect((await configIn(dir)).default).toBe("second");
    expect(JSON.parse((await vms(["export", "-f", "json"], env)).stdout)).toMatchObject({ profile: "second" });
    const other = { ...env, VMS_PROFILE: "alta" };
    expect(JSON.parse((await vms(["export", "-f", "json"], other)).stdout)).toMatchObject({ profile: "alta" });
    expect((await vms(["profile", "use", "day"], other)).stderr).toContain("VMS_PROFILE is set and overrides");
    expect((await vms(["profile", "use", "--none"], env)).exit).toBe(0);
    expect(await configIn(dir)).not.toHaveProperty("default");
  });

  it("requires an existing profile, or --none", async () => {
    const { dir, env } = await three();
    for (const args of [["gone"], [], ["alta", "--none"]]) {
      expect(await vms(["profile", "use", ...args], env)).toMatchObject({ exit: 2, stdout: "" });
    }
    expect(await configIn(dir)).not.toHaveProperty("default");
  });

  it("fails if the default profile is gone, instead of using another one", async () => {
    const dir = await makeHome();
    const env = environment(dir);
    const only = { vendor: "alta", username: account.username, url: "https://acme.example" };
    await writeProfiles(dir, { only }, { default: "gone" });
    const run = await vms(["token"], env);
    expect(run).toMatchObject({ exit: 2, stdout: "" });
    expect(run.stderr).toContain('the configuration names the profile "gone", which does not exist.');
    expect((await vms(["profile", "use", "--none"], env)).exit).toBe(0);
    expect((await vms(["token"], env)).stderr).toContain('the profile "only" is not signed in');
    await writeProfiles(dir, { only }, { default: 3 });
    expect((await vms(["token"], env)).stderr).toContain('"default" is not the name of a profile');
  });
});

describe("vms profile rename", () => {
  it("keeps the session, the saved password, the position and the default", async () => {
    const { server, dir, env } = await three();
    await vms(["profile", "use", "alta"], env);
    expect(await vms(["profile", "rename", "alta", "acme"], env)).toMatchObject({
      exit: 0,
      stderr: 'The profile "alta" is now "acme".\n',
    });
    expect(Object.keys(await profilesIn(dir))).toEqual(["acme", "second", "day"]);
    expect((await configIn(dir)).default).toBe("acme");
    expect((await vms(["api", "acme", "api/v1/alarmZones"], env)).exit).toBe(0);
    expect(server.logins).toBe(1);
    server.revokeAll();
    expect((await vms(["api", "acme", "api/v1/alarmZones"], env)).exit).toBe(0);
    expect(server.logins).toBe(2);
    expect((await vms(["profile", "rename", "second", "third"], { ...env, VMS_PROFILE: "second" })).stderr).toContain(
      'VMS_PROFILE still names "second".',
    );
  });

  it("replaces no profile, and rejects an invalid name", async () => {
    const { dir, env } = await three();
    for (const [from, to] of [
      ["alta", "second"],
      ["alta", "alta"],
      ["gone", "new"],
      ["alta", "-x/y"],
      ["alta", "a b"],
    ] as const) {
      expect(await vms(["profile", "rename", "--", from, to], env)).toMatchObject({ exit: 2, stdout: "" });
    }
    expect(Object.keys(await profilesIn(dir))).toEqual(["alta", "second", "day"]);
  });

  it("loses no profile if several run at once", async () => {
    const { dir, env } = await three();
    const runs = ["alta", "second", "day"].map((name) => vms(["profile", "rename", name, `${name}-2`], env));
    for (const { exit } of await Promise.all(runs)) expect(exit).toBe(0);
    expect(Object.keys(await profilesIn(dir))).toEqual(["alta-2", "second-2", "day-2"]);
  });
});

describe("vms profile remove", () => {
  it("signs out, and removes the profile, its saved password and the default", async () => {
    const { server, dir, env } = await three();
    await vms(["profile", "use", "alta"], env);
    await vms(["profile", "remove", "second"], env);
    await vms(["login", "alta"], env);
    expect(server.sessions).toBe(1);
    const run = await vms(["profile", "remove", "alta"], env);
    expect(run).toMatchObject({ exit: 0, stdout: "" });
    expect(run.stderr).toContain('The profile "alta" is removed. The saved password is removed.');
    expect(server.sessions).toBe(0);
    expect(Object.keys(await profilesIn(dir))).toEqual(["day"]);
    expect(await configIn(dir)).not.toHaveProperty("default");
  });

  it("says that it was the default profile, and names the new default", async () => {
    const { dir, env } = await three();
    await vms(["profile", "use", "second"], env);
    const run = await vms(["profile", "remove", "second"], env);
    expect(run.stderr).toMatch(
      /^The profile "second" is removed\. .*It was the default profile\. There is no default now\.$/m,
    );
    await vms(["profile", "use", "alta"], env);
    const other = await vms(["profile", "remove", "alta"], env);
    expect(other.stderr).toContain('It was the default profile. The default is now "day".');
    expect(await configIn(dir)).not.toHaveProperty("default");
  });

  it("keeps another default", async () => {
    const { dir, env } = await three();
    await vms(["profile", "use", "day"], env);
    expect((await vms(["profile", "remove", "alta", "--json"], env)).exit).toBe(0);
    expect((await configIn(dir)).default).toBe("day");
  });

  it("needs a name", async () => {
    const { env } = await three();
    expect((await vms(["profile", "remove"], { ...env, VMS_PROFILE: "alta" })).exit).toBe(2);
  });

  it.runIf(hasTerminals)("asks at a terminal, unless --yes is given", async () => {
    const { dir, env } = await three();
    const signedIn = vmsInTerminal(["profile", "remove", "alta"], env);
    await signedIn.shows('Sign out of "alta", and remove the profile? (y/N)');
    signedIn.enter();
    expect(await signedIn.ended()).toBe(1);
    const terminal = vmsInTerminal(["profile", "remove", "day"], env);
    await terminal.shows('Remove the profile "day"? (y/N)');
    terminal.enter();
    expect(await terminal.ended()).toBe(1);
    expect(terminal.text()).toContain("nothing was removed.");
    expect(terminal.text()).not.toContain("Sign out");
    expect(Object.keys(await profilesIn(dir))).toContain("day");
    const yes = vmsInTerminal(["profile", "remove", "day", "-y"], env);
    expect(await yes.ended()).toBe(0);
    expect(yes.text()).not.toContain("(y/N)");
    expect(Object.keys(await profilesIn(dir))).not.toContain("day");
  });
});

describe("profiles of one account share a session", () => {
  it("and vms logout names the other profiles that it signs out", async () => {
    const { server, env } = await three();
    const run = await vms(["logout", "second", "--json"], env);
    expect(run.exit).toBe(0);
    expect(run.stderr).toContain("This also signs out: alta (same account");
    expect((await vms(["login", "alta"], env)).exit).toBe(0);
    const words = await vms(["logout", "second"], env);
    expect(words.stderr).toMatch(/^Signed out of .* \(profiles second, alta\)\.$/m);
    expect(JSON.parse(run.stdout)).toMatchObject([{ profile: "second", alsoEnds: ["alta"] }]);
    expect(server.sessions).toBe(0);
    const again = await vms(["logout", "second", "--json"], env);
    expect(again.stderr).toBe("");
    expect(JSON.parse(again.stdout)).toMatchObject([{ wasSignedIn: false, alsoEnds: [] }]);
  });

  it("and vms logout --all does not mention that", async () => {
    const { env } = await three();
    expect((await vms(["logout", "--all"], env)).stderr).not.toContain("Also ends");
  });

  it.runIf(hasTerminals)("and vms logout asks for confirmation at a terminal", async () => {
    const { server, env } = await three();
    const no = vmsInTerminal(["logout", "alta"], env);
    await no.shows("This also signs out: second");
    await no.shows('Sign out of "alta"? (y/N)');
    no.enter("n");
    expect(await no.ended()).toBe(1);
    expect(no.text()).toContain("nothing was signed out");
    expect(server.sessions).toBe(1);
    const yes = vmsInTerminal(["logout", "alta"], env);
    await yes.shows("(y/N)");
    yes.enter("y");
    expect(await yes.ended()).toBe(0);
    expect(server.sessions).toBe(0);
  });

  it.runIf(hasTerminals)(
    "and vms logout does not ask if no other profile is signed out or if --yes is given",
    async () => {
      const { server, env } = await three();
      expect(await vmsInTerminal(["logout", "alta", "--yes"], env).ended()).toBe(0);
      expect(server.sessions).toBe(0);
      expect(await vmsInTerminal(["logout", "day"], env).ended()).toBe(0);
    },
  );

  it.runIf(hasTerminals)(
    "and vms logout without a name asks if there are several profiles, and names the default",
    async () => {
      const { env } = await three();
      await vms(["profile", "use", "day"], env);
      const no = vmsInTerminal(["logout"], env);
      await no.shows('Sign out of "day"? (y/N)');
      no.enter();
      expect(await no.ended()).toBe(1);
      const yes = vmsInTerminal(["logout", "--yes"], env);
      expect(await yes.ended()).toBe(0);
      expect(yes.text()).toContain("day was not signed in.");
    },
  );

  it("and vms login names the other profiles", async () => {
    const { url, env } = await three();
    const login = ["login", "alta", "--url", url, "-u", account.username, "--profile", "fourth"];
    const run = await vms(login, env);
    expect(run.exit).toBe(0);
    expect(run.stderr).toContain('The profile "fourth" shares its session with: alta, second (same account).');
  });
});
