import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasTerminals, vmsInTerminal } from "../support/run-in-terminal.ts";
import { environment, home, startVms, vms } from "../support/run-vms.ts";
import { profilesIn } from "../support/simulated-vendors.ts";

/** Starts `vms simulator`, and waits until it serves. */
async function simulator(path: string) {
  const { prints, signal, ended } = startVms(["simulator", "--json"], environment(path));
  await prints(/\}\n$/);
  return async () => {
    signal("SIGTERM");
    await ended;
  };
}

test("a restarted simulator uses the ports of the profiles, which then sign in again automatically", async () => {
  const path = await home();
  const stop = await simulator(path);
  expect((await vms(["login", "alta", "--simulator"], environment(path))).exit).toBe(0);
  const before = await profilesIn(path);
  expect(before).toMatchObject({ alta: { simulator: true } });
  await stop();
  await simulator(path);
  const file = JSON.parse(await readFile(join(path, "simulator.json"), "utf8"));
  expect(file.alta.baseUrl).toBe(before.alta?.url);
  for (const command of ["renew alta", "api alta api/v1/alarmZones", "login Alta", "login alta --simulator"]) {
    expect(await vms(command.split(" "), environment(path))).toMatchObject({ exit: 0 });
  }
});

test("the password in the simulator's file is only used for the simulator's URL and users", async () => {
  const path = await home();
  await simulator(path);
  await vms(["login", "alta", "--simulator"], environment(path));
  const config = join(path, "config.json");
  const { alta } = await profilesIn(path);
  const { writeProfiles } = await import("../support/profile-fixture.ts");
  for (const other of [{ url: "http://127.0.0.1:9" }, { username: "nobody" }, { simulator: undefined }]) {
    await writeProfiles(path, { alta: { ...alta, ...other } });
    expect(await vms(["renew", "alta"], environment(path))).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("the password for Avigilon Alta Video is missing"),
    });
  }
  expect(await readFile(config, "utf8")).not.toContain("password");
});

test("a profile of a simulator that has stopped says how to start it and sign in", async () => {
  const path = await home();
  const stop = await simulator(path);
  await vms(["login", "alta", "--simulator", "--profile", "try"], environment(path));
  await stop();
  const hint =
    "The simulator is not running, or was restarted. Start it: vms simulator. Then sign in: vms login alta --simulator --profile try";
  for (const command of ["api try api/v1/alarmZones", "doctor try"]) {
    const { exit, stdout, stderr } = await vms(command.split(" "), environment(path));
    expect(exit).toBe(5);
    expect(`${stdout}${stderr}`.replaceAll(/\s+/g, " ")).toContain(hint);
  }
});

test.runIf(hasTerminals)("a hint repeats the options of the login to the simulator", async () => {
  const path = await home();
  await simulator(path);
  const options = "--simulator --profile sms --username sms@acme.example";
  const terminal = vmsInTerminal(["login", "eagleeye", ...options.split(" ")], environment(path));
  for (const said of ["2 tries left.", "1 try left.", `vms login eagleeye ${options}`]) {
    await terminal.shows("Code (press");
    terminal.enter("0");
    await terminal.shows(said);
  }
  expect(terminal.text()).not.toContain("clock");
  expect(await terminal.ended()).toBe(3);
});
