import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startChild } from "./simulator/child-process.ts";
import { newestCode, robin, served } from "./simulator/simulated-vendor.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const copies = new URL("../.report/readme/", import.meta.url);

/** The first example below a heading. */
function example(heading: string): string {
  const section = readme.slice(readme.indexOf(`\n## ${heading}\n`));
  const code = /^```ts\n([\s\S]*?)^```$/m.exec(section)?.[1] ?? "";
  expect(code.trim().split("\n").length).toBeLessThan(10);
  return code;
}

/** The definitions that the examples need, with the vendor and the store of this test. */
const before = `
import { createInterface } from "node:readline/promises";
import { fileStore as openStore } from "@vms/core/node";
import { createEagleEyeSession as create } from "../../src/index.ts";
const { VMS_EAGLEEYE_URL: baseUrl, VMS_EAGLEEYE_USERNAME: username, VMS_EAGLEEYE_PASSWORD: password } = process.env;
const { DIRECTORY: directory } = process.env;
const fileStore = () => openStore({ directory });
const createEagleEyeSession = (options) => create({ baseUrl, ...options });
`;

/** Runs a program in its own process. */
async function run(name: string, program: string, options: Parameters<typeof served>[0] = {}) {
  const { server, baseUrl } = await served(options);
  const home = mkdtempSync(join(tmpdir(), "vms-readme-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(copies, { recursive: true });
  const file = new URL(`${name}.ts`, copies);
  writeFileSync(file, before + program);
  const { username, password } = server.account;
  const environment = {
    VMS_EAGLEEYE_URL: baseUrl,
    VMS_EAGLEEYE_USERNAME: username,
    VMS_EAGLEEYE_PASSWORD: password,
    DIRECTORY: join(home, "sessions"),
  };
  return { server, child: startChild(file, null, environment) };
}

it("the README's example of a second factor asks for the code, and signs in with it", async () => {
  const after = 'console.log("\\nanswered", (await session.fetch("g/user")).status);\nterminal.close();\n';
  const { server, child } = await run("second-factor", example("Second factors") + after);
  await expect.poll(() => server.inbox.length, { timeout: 20_000 }).toBe(1);
  child.say(newestCode(server));
  expect(await child.ended).toBe(0);
  expect(child.lines.join("\n")).toContain("The code sent by sms:");
  expect(child.lines).toContain("answered 200");
});

it("the README's example of sub-accounts prints the devices of each", async () => {
  const session = "const session = createEagleEyeSession({ credentials: { username, password } });\n";
  const { username, password } = robin;
  const { server, child } = await run("sub-accounts", session + example("Sub-accounts"), {
    account: { username, password },
  });
  expect(await child.ended).toBe(0);
  expect(child.lines).toEqual(["Acme Logistics 3", "Acme Depot South 1"]);
  expect([server.logins, server.sessions]).toEqual([3, 1]);
});
