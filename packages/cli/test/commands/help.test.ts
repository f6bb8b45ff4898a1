import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { vendorNames } from "../../src/profiles/vendors.ts";
import { environment, home, vms, vmsProcess } from "../support/run-vms.ts";

const COMMANDS = [
  ...["login", "logout", "renew", "status", "profile", "switch", "api", "token", "export", "import", "exec", "proxy"],
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

const PRINT_SECRETS_OR_NOTHING = ["token", "export", "exec", "completion", "profile"];

test.each(COMMANDS.filter((command) => !PRINT_SECRETS_OR_NOTHING.includes(command)))(
  "vms %s can print JSON",
  async (command) => {
    expect((await run(command, "--help")).stdout).toMatch(/^ {2}--json /m);
  },
);

test.each([
  [["sttaus"], "vms: unknown command 'sttaus'\n(Did you mean status?)\nAll commands: vms --help\n"],
  [["help", "sttaus"], "vms: unknown command 'sttaus'\n(Did you mean status?)\nAll commands: vms --help\n"],
  [["api"], "vms: missing required argument 'path'\nOptions and examples: vms api --help\n"],
  [["switch"], "vms: missing required argument 'account'\nOptions and examples: vms switch --help\n"],
  [["exec"], expect.stringContaining("vms: missing required argument 'command'\n")],
  [["exec", "--"], expect.stringContaining("vms: missing required argument 'command'\n")],
  [
    ["status", "--jso"],
    "vms: unknown option '--jso'\n(Did you mean --json?)\nOptions and examples: vms status --help\n",
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
