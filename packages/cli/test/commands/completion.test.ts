import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { splitLine } from "../../src/commands/completion/split-line.ts";
import { writeProfiles } from "../support/profile-fixture.ts";
import { vmsInShell } from "../support/run-in-terminal.ts";
import { environment, home as makeHome, vms, vmsCommand } from "../support/run-vms.ts";

const has = (shell: string) => process.platform !== "win32" && spawnSync(shell, ["-c", "exit 0"]).status === 0;

/** Creates a home with profiles and files, and puts `vms` on the PATH. */
async function place() {
  const home = await makeHome();
  await writeProfiles(home, {
    harbour: { vendor: "alta", username: "ops@acme.example", url: "https://acme.eu.alta.avigilon.com" },
    "night-shift": { vendor: "eagleeye", username: "night@acme.example" },
  });
  const bin = join(home, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "vms"), `#!/bin/sh\nexec ${vmsCommand.map((word) => `'${word}'`).join(" ")} "$@"\n`);
  await chmod(join(bin, "vms"), 0o755);
  await writeFile(join(home, "zone one.json"), "{}");
  const env = environment(home);
  return { home, env: { ...env, PATH: `${bin}${delimiter}${env.PATH}` } };
}

async function inShell(
  shell: string,
  script: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<string> {
  const child = spawn(shell, ["-c", script], { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk));
  await once(child, "close");
  return text;
}

describe("vms completes", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["commands", ["ex"], ["export", "exec"]],
    ["options of a command, and of all", ["api", "harbour", "x", "--i"], ["--input", "--include"]],
    ["profiles", ["api", ""], ["harbour", "night-shift"]],
    ["commands of a command", ["profile", "re"], ["rename", "remove"]],
    ["profiles of a command of a command", ["profile", "use", "h"], ["harbour"]],
    ["the profile to rename, but no new name", ["profile", "rename", "harbour", ""], []],
    ["profiles behind --profile", ["login", "alta", "--profile", ""], ["harbour", "night-shift"]],
    ["vendors", ["login", "al"], ["alta", "alertsite"]],
    ["choices", ["completion", ""], ["bash", "zsh", "fish"]],
    ["choices behind an option", ["export", "harbour", "--format", "c"], ["curl", "cookies.txt"]],
    ["choices behind an equals sign", ["export", "harbour", "--format=c"], ["--format=curl", "--format=cookies.txt"]],
    ["files", ["api", "harbour", "x", "--input", ""], [":files"]],
    ["commands of the system behind --", ["exec", "harbour", "--", ""], [":commands"]],
    ["commands of the system behind -- without a profile", ["exec", "--", ""], [":commands"]],
    ["files behind the command", ["exec", "--", "cat", ""], [":files"]],
    ["nothing where anything may stand", ["api", "harbour", ""], []],
    ["nothing behind an option that takes no value", ["api", "harbour", "x", "--raw", ""], []],
  ])("%s", async (_what, words, expected) => {
    const { env } = await place();
    const { exit, stdout, stderr } = await vms(["__complete", "--", ...words], env);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    const values = stdout
      .split("\n")
      .slice(0, -1)
      .map((line) => line.split("\t")[0]);
    expect([...values].sort()).toEqual([...expected].sort());
  });

  it("only bash, zsh and fish, and lists them for another shell", async () => {
    const { env } = await place();
    const { exit, stdout, stderr } = await vms(["completion", "tcsh"], env);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    expect(stderr).toMatch(/^vms: the shell "tcsh" is not one of bash, zsh, fish\.\n/);
  });

  it("nothing, without an error, if the configuration is broken", async () => {
    const { home, env } = await place();
    await writeFile(join(home, "config.json"), "{");
    expect(await vms(["__complete", "--", "api", ""], env)).toEqual({ exit: 0, stdout: "", stderr: "" });
  });

  it("words as people type them, and executes none of them", () => {
    expect(splitLine("vms api 'a b' \"c d\" e\\ f g")).toEqual(["vms", "api", "a b", "c d", "e f", "g"]);
    expect(splitLine("vms api ")).toEqual(["vms", "api", ""]);
    expect(splitLine("vms api $(reboot) ")).toEqual(["vms", "api", "$(reboot)", ""]);
  });
});

describe.runIf(has("bash"))("the bash script", () => {
  it("completes what is typed at a prompt", async () => {
    const { home, env } = await place();
    const prompt = { ...env, PS1: "> ", INPUTRC: "/dev/null" };
    const terminal = vmsInShell([], prompt, `cd '${home}'; exec bash --norc --noprofile -i`);
    await terminal.shows("> ");
    terminal.enter('source <(vms completion bash); bind "set bell-style none"; echo rea""dy');
    await terminal.shows("ready");
    for (const [typed, shown] of [
      ["vms exp\t", "vms export "],
      ["harb\t", "harbour "],
      ["--form\t", "--format "],
      ["cook\t", "cookies.txt "],
      ["\x15vms export harbour --format=cu\t", "--format=curl"],
      ["\x15vms api harbour x --input zo\t", "--input zone\\ one.json"],
      ["\x15vms api harbour 'x;y' $(touch run) --incl\t", "--include"],
      ["\x15vms exec harbour -- tou\t", "touch"],
    ] as const) {
      terminal.type(typed);
      await terminal.shows(shown);
    }
    expect(await readdir(home)).not.toContain("run");
    terminal.enter("\x15exit");
    await terminal.ended();
  });
});

describe.runIf(has("zsh"))("the zsh script", () => {
  it("completes what is typed at a prompt", async () => {
    const { home, env } = await place();
    const terminal = vmsInShell([], { ...env, PS1: "> ", ZDOTDIR: home }, `cd '${home}'; exec zsh -f -i`);
    await terminal.shows("> ");
    terminal.enter(`autoload -U compinit; compinit -D; source <(vms completion zsh); echo rea""dy`);
    await terminal.shows("ready");
    for (const [typed, shown] of [
      ["vms exp\t", /vms exp.*o.*rt /s],
      ["harb\t", "our "],
      ["--form\t", "at "],
      ["cook\t", "ies.txt "],
      ["\x15vms api harbour x --input zo\t", "ne\\ one.json"],
    ] as const) {
      terminal.type(typed);
      await terminal.shows(shown);
    }
    terminal.enter("\x15exit");
    await terminal.ended();
  });

  it("works as an autoloaded function file", async () => {
    const { home, env } = await place();
    const script = "vms completion zsh > _vms && zsh -f -n _vms && head -1 _vms";
    expect(await inShell("sh", script, env, home)).toBe("#compdef vms\n");
  });
});

describe.runIf(has("fish"))("the fish script", () => {
  it("completes with descriptions", async () => {
    const { home, env } = await place();
    const ask = (line: string) =>
      inShell("fish", `vms completion fish | source; complete -C '${line}'`, { ...env, XDG_CONFIG_HOME: home }, home);
    expect(await ask("vms exp")).toMatch(/^export\tPrint the credential/);
    expect(await ask("vms ")).toContain("completion\t");
    expect(await ask("vms api ")).toContain("night-shift\tEagle Eye Networks, night@acme.example");
    expect(await ask("vms export harbour --format cu")).toMatch(/^curl\s*$/);
    expect(await ask("vms api harbour x --input zo")).toContain("zone one.json");
  });
});
