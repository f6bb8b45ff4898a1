import { createAltaServer } from "@vms/simulator";
import { describe, expect, test } from "vitest";
import { DOWN, hasTerminals, isRestored, vmsInShell, vmsInTerminal } from "../support/run-in-terminal.ts";
import { environment, home, vms } from "../support/run-vms.ts";
import { leftoversIn, profilesIn, served, until } from "../support/simulated-vendors.ts";

const USERNAME = "night@acme.example";
const PASSWORD = "quiet-harbour-31";

async function alta() {
  const server = createAltaServer({ account: { username: USERNAME, password: PASSWORD } });
  server.addAccount({ username: "day@acme.example", password: "paper-lantern-77" });
  const url = await served(server);
  const dir = await home();
  return { server, url, dir, env: environment(dir) };
}

describe.runIf(hasTerminals)("vms login on a terminal", () => {
  test("asks for missing values, shows nothing of the password, and restores the terminal", async () => {
    const { server, url, dir, env } = await alta();
    const terminal = vmsInShell(["login", "alta"], env);
    await terminal.shows("URL of Avigilon Alta Video (https://<deployment>.<region>.alta.avigilon.com):");
    terminal.enter(url);
    await terminal.shows("User name at Avigilon Alta Video:");
    terminal.enter(USERNAME);
    await terminal.shows(`Password of ${USERNAME} at ${new URL(url).host}:`);
    terminal.enter(PASSWORD);
    await terminal.shows(`Signed in to Avigilon Alta Video as ${USERNAME}`);
    await terminal.shows("[exit 0]");
    await terminal.ended();
    expect(terminal.raw()).not.toContain(PASSWORD);
    expect(isRestored(terminal)).toBe(true);
    expect(server.loginAttempts).toBe(1);
    expect(await profilesIn(dir)).toEqual({ alta: { vendor: "alta", username: USERNAME, url } });
  });

  test("asks again after a wrong password, and does not send the same one twice", async () => {
    const { server, url, env } = await alta();
    const terminal = vmsInShell(["login", "alta", "--url", url, "-u", USERNAME], env);
    for (const said of [
      `rejected the user name "${USERNAME}" or the password. 2 tries left.`,
      "That is the same password. It was not sent again",
    ]) {
      await terminal.shows("Password of");
      terminal.enter("wrong-made-up");
      await terminal.shows(said);
    }
    await terminal.shows("Password of");
    terminal.enter(PASSWORD);
    await terminal.shows("Signed in to");
    await terminal.shows("[exit 0]");
    expect(server.loginAttempts).toBe(2);
    for (const secret of [PASSWORD, "wrong-made-up"]) expect(terminal.raw()).not.toContain(secret);
  });

  test("shows nothing of what is typed before the prompt", async () => {
    const { server, url, env } = await alta();
    const held = Promise.withResolvers<void>();
    server.script({ when: ({ path }) => path.endsWith("dologin"), delay: held.promise });
    const terminal = vmsInShell(["login", "alta", "--url", url, "-u", USERNAME], env);
    await terminal.shows("Password of");
    terminal.enter("wrong-made-up");
    await until(() => server.requests.some(({ path }) => path.endsWith("dologin")));
    terminal.type("too-early-typed");
    held.resolve();
    await terminal.shows("rejected the user name");
    await terminal.shows("Password of");
    // A busy machine reads the text only now. Ctrl-U removes it from the answer.
    terminal.type("\x15");
    terminal.enter(PASSWORD);
    await terminal.shows("Signed in to");
    await terminal.shows("[exit 0]");
    await terminal.ended();
    expect(terminal.raw()).not.toContain("too-early-typed");
    expect(isRestored(terminal)).toBe(true);
  });

  test("gives up after three wrong passwords, and saves nothing", async () => {
    const { server, url, dir, env } = await alta();
    const terminal = vmsInShell(["login", "alta", "--url", url, "-u", USERNAME], env);
    for (const [wrong, said] of [
      ["wrong-1", "2 tries left."],
      ["wrong-2", "Is the user name wrong? Press Ctrl-C"],
      ["wrong-3", "rejected the user name"],
    ] as const) {
      await terminal.shows("Password of");
      terminal.enter(wrong);
      await terminal.shows(said);
    }
    await terminal.shows(` "${USERNAME}" or the password`);
    await terminal.shows("the vendor may lock the account");
    await terminal.shows("[exit 3]");
    await terminal.ended();
    expect(server.loginAttempts).toBe(3);
    expect(isRestored(terminal)).toBe(true);
    expect(await profilesIn(dir)).toEqual({});
    expect(await leftoversIn(dir)).toEqual([]);
  });

  test("does not ask again if the environment's password is wrong", async () => {
    const { server, url, env } = await alta();
    const terminal = vmsInTerminal(["login", "alta", "--url", url, "-u", USERNAME], {
      ...env,
      VMS_ALTA_PASSWORD: "wrong-made-up",
    });
    await terminal.shows("VMS_ALTA_PASSWORD");
    expect(await terminal.ended()).toBe(3);
    expect(server.loginAttempts).toBe(1);
  });

  test("asks for the password if the saved one is rejected, and saves the new one", async () => {
    const { server, url, env } = await alta();
    const args = ["login", "alta", "--url", url, "-u", USERNAME];
    await vms([...args, "--password-stdin", "--save-credentials", "--insecure-storage"], env, PASSWORD);
    server.setPassword(USERNAME, "winter-orchard-9");
    server.revokeAll();
    const terminal = vmsInTerminal(["login", "alta"], env);
    await terminal.shows(/rejected the user name "[^"]+" or the saved password/);
    await terminal.shows("Password of");
    terminal.enter("winter-orchard-9");
    await terminal.shows("This password replaces the saved one.");
    expect(await terminal.ended()).toBe(0);
    server.revokeAll();
    expect((await vms(["renew", "alta"], env)).exit).toBe(0);
  });

  test("reports an invalid URL immediately, and lets the user correct it", async () => {
    const { url, env } = await alta();
    const terminal = vmsInTerminal(["login", "alta"], env);
    await terminal.shows("URL of");
    terminal.enter("");
    await terminal.shows("Enter a value.");
    terminal.enter("http://acme.example");
    await terminal.shows("--allow-http");
    // Ctrl-U empties the line.
    terminal.type("\x15");
    terminal.enter("ftp://acme.example");
    await terminal.shows("the URL must begin with https://");
    terminal.type("\x15");
    terminal.enter(url);
    await terminal.shows("User name");
    terminal.enter(USERNAME);
    await terminal.shows("Password of");
    terminal.enter(PASSWORD);
    await terminal.shows("Signed in to");
    expect(await terminal.ended()).toBe(0);
  });

  test("suggests the URL of the vendor's other account", async () => {
    const { url, dir, env } = await alta();
    await vms(["login", "alta", "--url", url, "-u", USERNAME, "--password-stdin"], env, PASSWORD);
    const terminal = vmsInTerminal(["login", "alta", "-p", "day", "-u", "day@acme.example"], env);
    await terminal.shows(`URL of Avigilon Alta Video: (${url})`);
    terminal.enter();
    await terminal.shows("Password of");
    terminal.enter("paper-lantern-77");
    await terminal.shows("Profile: day");
    expect(await profilesIn(dir)).toMatchObject({ day: { url } });
  });

  test("does not change the terminal without a prompt, so that it can run in the background", async () => {
    const { url, env } = await alta();
    const args = ["login", "alta", "--url", url, "-u", USERNAME];
    // The shell gives each job its own group. A background job that changes the terminal is stopped.
    const script = 'set -m; "$0" "$@" & wait $!; echo "[exit $?]"';
    const terminal = vmsInShell(args, { ...env, VMS_ALTA_PASSWORD: PASSWORD }, script);
    await terminal.shows("Signed in to");
    await terminal.shows("[exit 0]");
  });

  test("asks for the vendor", async () => {
    const { url, env } = await alta();
    const terminal = vmsInTerminal(["login", "--url", url, "-u", USERNAME], env);
    await terminal.shows("Where do you want to sign in?");
    await terminal.shows("NtechLab FindFace Multi");
    terminal.enter();
    await terminal.shows("Password of");
    terminal.enter(PASSWORD);
    await terminal.shows("Signed in to Avigilon Alta Video");
    expect(await terminal.ended()).toBe(0);
  });

  test("asks before it replaces the profile of another account, and keeps it by default", async () => {
    const { url, dir, env } = await alta();
    await vms(["login", "alta", "--url", url, "-u", USERNAME, "--password-stdin"], env, PASSWORD);
    const args = ["login", "alta", "-u", "day@acme.example"];
    const terminal = vmsInTerminal(args, env);
    await terminal.shows(`The profile "alta" is for ${USERNAME}`);
    await terminal.shows("What should vms do with the existing profile?");
    terminal.enter();
    await terminal.shows("Name of the new profile:");
    terminal.enter("alta");
    await terminal.shows("A profile with this name already exists.");
    terminal.type("\x15");
    terminal.enter("day");
    await terminal.shows("Password of day@acme.example");
    terminal.enter("paper-lantern-77");
    await terminal.shows("Profile: day");
    expect(await terminal.ended()).toBe(0);
    expect(await profilesIn(dir)).toMatchObject({
      alta: { username: USERNAME },
      day: { username: "day@acme.example" },
    });

    const replacing = vmsInTerminal(args, env);
    await replacing.shows("What should vms do with the existing profile?");
    replacing.enter(DOWN);
    await replacing.shows("No password needed: already signed in to Avigilon Alta Video as day@acme.example");
    expect(await replacing.ended()).toBe(0);
    expect(await profilesIn(dir)).toMatchObject({ alta: { username: "day@acme.example" } });
  });

  test("shows prompts on the screen and writes only the result to a pipe", async () => {
    const { url, dir, env } = await alta();
    const out = `${dir}/out.txt`;
    const script = `"$0" "$@" > ${out}; echo "[exit $?]"`;
    const terminal = vmsInShell(["login", "alta", "--url", url, "-u", USERNAME], env, script);
    await terminal.shows("Password of");
    terminal.enter(PASSWORD);
    await terminal.shows("[exit 0]");
    const { size } = await import("node:fs/promises").then(({ stat }) => stat(out));
    expect(size).toBe(0);
  });

  test("uses no colours with NO_COLOR", async () => {
    const { url, env } = await alta();
    const terminal = vmsInTerminal(["login", "alta", "--url", url, "-u", USERNAME], { ...env, NO_COLOR: "1" });
    await terminal.shows("Password of");
    terminal.enter(PASSWORD);
    await terminal.shows("Signed in to");
    await terminal.ended();
    const ESC = String.fromCharCode(27);
    expect(terminal.raw().split(ESC).slice(1)).not.toContainEqual(expect.stringMatching(/^\[[0-9;]*m/));
  });
});

test.runIf(hasTerminals)("vms renew asks for the password if none is known", async () => {
  const { server, url, env } = await alta();
  await vms(["login", "alta", "--url", url, "-u", USERNAME, "--password-stdin"], env, PASSWORD);
  const terminal = vmsInTerminal(["renew", "alta"], env);
  await terminal.shows("Password of");
  terminal.enter(PASSWORD);
  await terminal.shows("Signed in to");
  expect(await terminal.ended()).toBe(0);
  expect(server.logins).toBe(2);
});
