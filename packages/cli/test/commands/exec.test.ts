import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { createAlertSiteServer, createAltaServer, createFindFaceServer } from "@vms/simulator";
import { describe, expect, it } from "vitest";
import { PROFILE, worldOf } from "../support/profile-fixture.ts";
import { CTRL_C, hasTerminals, vmsInShell } from "../support/run-in-terminal.ts";
import { vms, vmsCommand, vmsProcess } from "../support/run-vms.ts";

const PRINT = ["node", "-e", "console.log(JSON.stringify(process.env))"];

describe("vms exec", () => {
  it("passes the credential in the environment, and removes the secrets for a login", async () => {
    const { server, url, env } = await worldOf(createFindFaceServer());
    const secrets = {
      VMS_ALTA_PASSWORD: "canary-1",
      VMS_ALERTSITE_PASSWORD_FILE: "/run/secrets/alertsite",
      VMS_ALTA_TOTP: "canary-2",
      VMS_EAGLEEYE_API_KEY: "canary-3",
      VMS_SESSION_KEY: Buffer.alloc(32, "canary-4").toString("base64"),
      VMS_COOKIE: "of-another-profile",
    };
    const more = { ...env, ...secrets, SOMETHING: "else" };
    const { exit, stdout, stderr } = await vms(["exec", PROFILE, "--", ...PRINT], more);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    const child = JSON.parse(stdout) as Record<string, string>;
    expect(child).toMatchObject({
      VMS_PROFILE: PROFILE,
      VMS_VENDOR: "findface",
      VMS_URL: `${url}/`,
      VMS_AUTHORIZATION: `Token ${child.VMS_TOKEN}`,
      VMS_HEADER_AUTHORIZATION: `Token ${child.VMS_TOKEN}`,
      SOMETHING: "else",
    });
    for (const name of [...Object.keys(secrets), "VMS_FINDFACE_PASSWORD"]) expect(child).not.toHaveProperty(name);
    expect(stdout).not.toContain(server.account.password);
    const call = await fetch(new URL(server.firstCall, child.VMS_URL), {
      headers: { authorization: child.VMS_AUTHORIZATION ?? "" },
    });
    expect(call.status).toBe(200);
  });

  it.skipIf(process.platform === "win32").each([createAltaServer, createFindFaceServer, createAlertSiteServer])(
    "the help's example with curl works for every way to send a credential (%#)",
    async (create) => {
      const server = create();
      const { run } = await worldOf(server);
      const { stdout: help } = await run(["exec", "--help"]);
      const [, script = ""] = /sh -c '([^']+)'/.exec(help) ?? [];
      const called = script.replace("some/path", `"${server.firstCall}" -sw "%{http_code}"`);
      const { exit, stdout } = await run(["exec", PROFILE, "--", "sh", "-c", called]);
      expect([exit, stdout]).toEqual([0, expect.stringMatching(/200$/)]);
    },
  );

  it("connects the command's input and output, and exits with its status", async () => {
    const { env } = await worldOf(createAltaServer());
    const script = "cat; echo complaint >&2; exit 7";
    expect(await vmsProcess(["exec", PROFILE, "--", "sh", "-c", script], env, "from outside")).toEqual({
      exit: 7,
      stdout: "from outside",
      stderr: "complaint\n",
    });
  });

  it.skipIf(process.platform === "win32")(
    "reports how the command ended: by a signal, or because it could not run",
    async () => {
      const { env } = await worldOf(createAltaServer());
      const run = (args: readonly string[]) => vmsProcess(args, env);
      expect((await run(["exec", PROFILE, "--", "sh", "-c", "kill -KILL $$"])).exit).toBe(137);
      const absent = await run(["exec", PROFILE, "--", "no-such-command"]);
      expect(absent).toMatchObject({
        exit: 127,
        stderr:
          "vms: the command no-such-command was not found.\nCheck its name, and that it is in a directory of PATH.\n",
      });
      expect((await run(["exec", PROFILE, "--", "/"])).exit).toBe(126);
    },
  );

  it.skipIf(process.platform === "win32")("passes signals on, and waits for the command to end", async () => {
    const { env } = await worldOf(createAltaServer());
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
      // Not a shell, which cannot catch a signal that its parent ignores.
      const script = `process.on("${signal}", () => { console.log("got"); process.exit(9); }); console.log("ready"); setInterval(() => {}, 1000);`;
      const [program, ...first] = vmsCommand;
      const child = spawn(program, [...first, "exec", PROFILE, "--", process.execPath, "-e", script], {
        env,
        stdio: ["ignore", "pipe", "inherit"],
      });
      let text = "";
      for await (const chunk of child.stdout) {
        text += chunk;
        if (text === "ready\n") child.kill(signal);
      }
      if (child.exitCode === null) await once(child, "exit");
      expect({ text, exit: child.exitCode }).toEqual({ text: "ready\ngot\n", exit: 9 });
    }
  });

  it.skipIf(process.platform === "win32")("ends the command if vms ends first", async () => {
    const { env } = await worldOf(createAltaServer());
    const crash = 'process.once("SIGALRM", () => { throw new Error("made up"); });';
    const hook = `--import data:text/javascript,${encodeURIComponent(crash)}`;
    // A shell, which does not load the hook.
    const script = "trap 'echo ended; exit' TERM; echo ready; while :; do sleep 0.05; done";
    const [program, ...first] = vmsCommand;
    const child = spawn(program, [...first, "exec", PROFILE, "--", "sh", "-c", script], {
      env: { ...env, NODE_OPTIONS: hook },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let text = "";
    // Ends when the command has ended too.
    for await (const chunk of child.stdout) {
      text += chunk;
      if (text === "ready\n") child.kill("SIGALRM");
    }
    expect(text).toBe("ready\nended\n");
  });

  it.runIf(hasTerminals)("passes Ctrl-C to the command once, as the terminal does", async () => {
    const { env } = await worldOf(createAltaServer());
    const script =
      "let n = 0; process.on('SIGINT', () => { n++; setTimeout(() => { console.log('got ' + n); process.exit(4); }, 300); }); console.log('ready'); setInterval(() => {}, 1000);";
    const terminal = vmsInShell(["exec", PROFILE, "--", "node", "-e", script], env);
    await terminal.shows("ready");
    terminal.type(CTRL_C);
    await terminal.shows("got 1");
    await terminal.shows("[exit 4]");
    await terminal.ended();
  });

  it("passes options after the profile to the command, even without --", async () => {
    const { run } = await worldOf(createAltaServer());
    for (const dashes of [[], ["--"]]) {
      for (const option of ["--help", "--verbose", "-h", "--"]) {
        const { exit, stdout } = await run(["exec", PROFILE, ...dashes, "echo", "it", option]);
        expect({ exit, stdout }).toEqual({ exit: 0, stdout: `it ${option}\n` });
      }
    }
    expect((await run(["exec", PROFILE, "--help"])).stdout).toMatch(/^Usage: vms exec /);
    expect((await run(["exec", "--verbose", PROFILE, "echo", "it"])).stdout).toBe("it\n");
    expect((await run(["exec", "nobody", "--", "true"])).exit).toBe(2);
  });

  it("does not run the command if nobody is signed in, and says what is missing", async () => {
    const { envWithoutPassword, run } = await worldOf(createAltaServer());
    const { exit, stdout, stderr } = await vms(["exec", PROFILE, "--", "echo", "ran"], envWithoutPassword);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: "" });
    expect(stderr).toContain("Sign in: vms login alta --profile acme");
    expect(await run(["exec", PROFILE])).toMatchObject({ exit: 2, stdout: "" });
    expect(await run(["exec", PROFILE, "--"])).toMatchObject({ exit: 2, stdout: "" });
    const mistyped = await run(["exec", PROFILE, "--verbos", "ls"]);
    expect([mistyped.exit, mistyped.stderr]).toEqual([2, expect.stringContaining("Put -- before the command")]);
  });
});
