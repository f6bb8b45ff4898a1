import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { vendorNames } from "../../src/profiles/vendors.ts";
import { environment, home, vms, vmsProcess } from "../support/run-vms.ts";

const COMMANDS = [
  ...["login", "logout", "renew", "status", "profile", "account", "api", "token", "export", "import", "exec", "proxy"],
  ...["simulator", "doctor", "completion"],
];

async function run(...args: string[]) {
  return vms(args, environment(await home()));
}

test("lists every command, the vendors, the exit statuses, and examples", async () => {
  const { exit, stdout, stderr } = await run("--help");
  expect([exit, stderr]).toEqual([0, ""]);
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(`Vendors: ${vendorNames.join(", ")}.`);
  expect(stdout).toContain("130 Ctrl-C");
  expect(stdout).toContain("Examples:");
});

test.each(COMMANDS)(
  "vms %s has help with examples in lines that fit the screen, also with vms help",
  async (command) => {
    const [own, other] = await Promise.all([run(command, "--help"), run("help", command)]);
    expect([own.exit, own.stderr]).toEqual([0, ""]);
    expect(own.stdout).toMatch(new RegExp(`^Usage: vms ${command} .*\nExamples?:\n  .*vms `, "s"));
    for (const line of own.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
    expect(other).toEqual(own);
  },
);

const PRINT_SOMETHING_ELSE = ["api", "token", "export", "exec", "completion", "profile"];

test.each(COMMANDS.filter((command) => !PRINT_SOMETHING_ELSE.includes(command)))(
  "vms %s can print JSON",
  async (command) => {
    expect((await run(command, "--help")).stdout).toMatch(/^ {2}--json /m);
  },
);

test.each([
  [["sttaus"], "vms: there is no command sttaus.\nDid you mean status?\nAll commands: vms --help\n"],
  [["help", "sttaus"], "vms: there is no command sttaus.\nDid you mean status?\nAll commands: vms --help\n"],
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
  [["login", "a", "b"], expect.stringContaining("vms: too many arguments: login takes 1.\n")],
  [["login", "--url"], expect.stringContaining("vms: the option --url needs a value.\n")],
  [
    ["login", "--simulator", "--url", "x"],
    expect.stringContaining("vms: --simulator and --url cannot be used together.\n"),
  ],
  [["export", "-f", "x"], expect.stringContaining('vms: --format: "x" is none of header, curl, cookies.txt, env, ')],
  [["simulator", "--port", "x"], expect.stringContaining('vms: --port: "x" is wrong. It must be a number from 1 to ')],
  [["completion", "tcsh"], expect.stringContaining('vms: the shell "tcsh" is none of bash, zsh, fish.\n')],
  [["exec"], expect.stringContaining("vms: the argument <command> is missing.\n")],
  [["exec", "--"], expect.stringContaining("vms: the argument <command> is missing.\n")],
  [
    ["status", "--jso"],
    "vms: there is no option --jso.\nDid you mean --json?\nOptions and examples: vms status --help\n",
  ],
  [["exec", "p", "-la", "ls"], expect.stringContaining("\nPut -- before the command: vms exec [profile] -- ")],
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
