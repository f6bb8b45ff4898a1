import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { vendorNames } from "../../src/profiles/vendors.ts";
import { commandNames } from "../support/command-names.ts";
import { environment, home, vms, vmsProcess } from "../support/run-vms.ts";

async function run(...args: string[]) {
  return vms(args, environment(await home()));
}

test("vms --help names every command, the vendors and examples on a screen of 24 lines, and vms help has all details", async () => {
  const { exit, stdout, stderr } = await run("--help");
  expect([exit, stderr]).toEqual([0, ""]);
  const commands = commandNames.filter((name) => !name.includes(" "));
  const listed = [...stdout.matchAll(/^ {2}([a-z, ]+?) {2,}[A-Z]/gm)].flatMap(([, names = ""]) => names.split(", "));
  expect(listed.toSorted()).toEqual(commands.toSorted());
  expect(stdout).toContain(`\nVendors: ${vendorNames.join(", ")}.\n`);
  expect(stdout).toContain("\nExamples:\n");
  // The last line of the screen is the next prompt.
  expect(stdout.trimEnd().split("\n").length).toBeLessThanOrEqual(23);
  expectOnOneScreen(stdout);
  const long = (await run("help")).stdout;
  for (const command of commands) expect(long).toMatch(new RegExp(`^  ${command} `, "m"));
  expect(long).toContain("130 Ctrl-C");
  expect(long).not.toContain("\nMore: ");
});

test("vms alone prints the same help, as a result", async () => {
  expect(await run()).toEqual({ exit: 0, stdout: (await run("--help")).stdout, stderr: "" });
});

test.each(commandNames)(
  "vms %s --help fits on a screen of 80 columns, and vms help has the details",
  async (command) => {
    const words = command.split(" ");
    const [short, long] = await Promise.all([run(...words, "--help"), run("help", ...words)]);
    expect([short.exit, short.stderr, long.exit, long.stderr]).toEqual([0, "", 0, ""]);
    for (const { stdout } of [short, long]) {
      expect(stdout).toMatch(new RegExp(`^Usage: vms ${command} .*\nExamples?:\n  .*vms `, "s"));
      for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
    }
    const missing = short.stdout.split("\n").filter((line) => !long.stdout.includes(line));
    expect(missing.filter((line) => line !== `More: vms help ${command}`)).toEqual([]);
    expectOnOneScreen(short.stdout);
  },
);

function expectOnOneScreen(text: string): void {
  const lines = text.trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(40);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
}

const PRINT_SECRETS_OR_NOTHING = ["api", "token", "export", "exec", "completion", "help"];
const SAY_ONLY_THAT_IT_IS_DONE = ["profile", "profile use", "profile rename"];

test.each(
  commandNames.filter((command) => ![...PRINT_SECRETS_OR_NOTHING, ...SAY_ONLY_THAT_IT_IS_DONE].includes(command)),
)("vms %s can print JSON", async (command) => {
  expect((await run(...command.split(" "), "--help")).stdout).toMatch(/^ {2}--json /m);
});

test.each([
  [["sttaus"], "vms: there is no command sttaus.\nDid you mean status?\nAll commands: vms --help\n"],
  [["help", "sttaus"], "vms: there is no command sttaus.\nDid you mean status?\nAll commands: vms --help\n"],
  [["bogus"], "vms: there is no command bogus.\nAll commands: vms --help\n"],
  [["help", "bogus"], "vms: there is no command bogus.\nAll commands: vms --help\n"],
  [["api"], "vms: the argument <path> is missing.\nOptions and examples: vms api --help\n"],
  [
    ["api", "p", "x", "--json"],
    "vms: vms api has no --json: it prints what the vendor sends.\nLeave it out. A pipe gets the bytes unchanged.\n",
  ],
  [["account"], "vms: the argument <id> is missing.\nOptions and examples: vms account --help\n"],
  [["switch"], expect.stringMatching(/^vms: there is no command switch\.\nTo change the account: vms account\. /)],
  [["whoami"], expect.stringMatching(/^vms: there is no command whoami\.\n.*: vms status\n/)],
  [["profiles"], expect.stringMatching(/^vms: there is no command profiles\.\n.*: vms profile list\n/)],
  [["config"], expect.stringMatching(/^vms: there is no command config\.\n.*: vms profile use\n/)],
  [["use", "acme"], expect.stringMatching(/^vms: there is no command use\.\nTo choose a profile: vms profile use\. /)],
  [["logins"], expect.stringMatching(/^vms: there is no command logins\.\n.*: vms status\n/)],
  [
    ["profile", "renam"],
    "vms: there is no command renam.\nDid you mean rename?\nOptions and examples: vms profile --help\n",
  ],
  [["login", "--pasword=made-up"], "vms: there is no option --pasword.\nOptions and examples: vms login --help\n"],
  [
    ["-v"],
    "vms: there is no option -v.\nTo print the version: vms --version. For details of errors: --verbose\nAll commands: vms --help\n",
  ],
  [["login", "a", "b"], expect.stringContaining("vms: too many arguments: login takes 1.\n")],
  [["login", "--url"], expect.stringContaining("vms: the option --url needs a value.\n")],
  [
    ["login", "--simulator", "--url", "x"],
    expect.stringContaining("vms: --simulator and --url cannot be used together.\n"),
  ],
  [["export", "-f", "x"], expect.stringContaining('vms: --format: "x" is not one of header, curl, cookies.txt, env, ')],
  [["simulator", "--port", "x"], expect.stringContaining('vms: --port: "x" is wrong. It must be a number from 1 to ')],
  [["completion", "tcsh"], expect.stringContaining('vms: the shell "tcsh" is not one of bash, zsh, fish.\n')],
  [["exec"], expect.stringContaining("vms: the argument <command> is missing.\n")],
  [["exec", "--"], expect.stringContaining("vms: the argument <command> is missing.\n")],
  [
    ["status", "--jso"],
    "vms: there is no option --jso.\nDid you mean --json?\nOptions and examples: vms status --help\n",
  ],
  [["exec", "p", "-la", "ls"], expect.stringContaining("\nPut -- before the command: vms exec [profile] -- ")],
  [["login", "altta"], expect.stringContaining('there is no vendor or profile "altta". Did you mean alta?\n')],
  [["login", "bogus"], expect.stringContaining('there is no vendor or profile "bogus".\n')],
  [["login", "alt"], expect.stringContaining(`\nVendors: ${vendorNames.join(", ")}.`)],
])("vms %j is an error with a hint", async (args, stderr) => {
  expect(await run(...args)).toEqual({ exit: 2, stdout: "", stderr });
});

test.each(["18.20.8", "20.1.0", "22.2.0", "22.22.1"])(
  "Node %s is rejected as too old, with its version",
  async (old) => {
    const hook = `Object.defineProperty(process.versions, "node", { value: "${old}" }); delete process.getBuiltinModule;`;
    const env = environment(await home(), {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
    });
    for (const args of [["status"], ["--version"]]) {
      expect(await vmsProcess(args, env)).toEqual({
        exit: 1,
        stdout: "",
        stderr: `vms: Node ${old} is too old: vms needs ${manifest.engines.node}.\nInstall Node 24: https://nodejs.org\n`,
      });
    }
  },
);
