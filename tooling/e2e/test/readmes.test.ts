import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { SimulatorOptions } from "@vms/simulator";
import { allVendors, vendorNames } from "@vms-tooling/vendors";
import { expect, test } from "vitest";
import { CREDENTIALS_PATH, examples, FACE, runElsewhere, TOTP_SECRET, VIDEO_PATH } from "./examples.ts";
import { served } from "./served.ts";

const root = new URL("../../../", import.meta.url);
const copies = new URL("../.report/readmes/", import.meta.url);
const readmes = ["core", ...vendorNames, "proxy", "simulator", "test-suite"].map(
  (name) => [readmeOf(name), name] as const,
);

function readmeOf(name: string): string {
  return `packages/${name}/README.md`;
}

/** The TypeScript of a README, as a newcomer would copy it. */
function blocksIn(path: string): { code: string; line: number }[] {
  const readme = readFileSync(new URL(path, root), "utf8");
  return [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ 1: code = "", index }) => ({
    code,
    line: readme.slice(0, index).split("\n").length,
  }));
}

/** Runs a program in its own process, with the simulator at the address in its variables. */
async function run(name: string, program: string, options: SimulatorOptions = {}): Promise<string> {
  const { simulator, at } = await served(options);
  const env: Record<string, string> = { PATH: process.env.PATH ?? "", NO_COLOR: "1", VMS_ALTA_TOTP: TOTP_SECRET };
  for (const { key, prefix } of allVendors) {
    const { account } = simulator[key];
    env[`${prefix}_URL`] = at[key].baseUrl;
    env[`${prefix}_USERNAME`] = account.username;
    env[`${prefix}_PASSWORD`] = account.password;
  }
  mkdirSync(copies, { recursive: true });
  const video = fileURLToPath(new URL(`${name}.mp4`, copies));
  if (program.includes(VIDEO_PATH)) writeFileSync(video, FACE);
  const secret = fileURLToPath(new URL(`${name}.json`, copies));
  if (program.includes(CREDENTIALS_PATH)) {
    rmSync(secret, { force: true });
    writeFileSync(secret, JSON.stringify(simulator.alta.account), { mode: 0o600 });
  }
  const file = fileURLToPath(new URL(`${name}.ts`, copies));
  const placed = program.replace(JSON.stringify(VIDEO_PATH), JSON.stringify(video));
  writeFileSync(file, placed.replace(JSON.stringify(CREDENTIALS_PATH), JSON.stringify(secret)));
  const child = spawn(process.execPath, [file], { env });
  const [out, err, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on("close", resolve)),
  ]);
  expect(err).toBe("");
  expect(status).toBe(0);
  return out.trim();
}

test.for([["README.md", "root"] as const, ...readmes])("the example of %s runs unchanged", async ([path, name]) => {
  const { code, line } = blocksIn(path)[0] ?? expect.fail("it has no TypeScript in it");
  expect(line).toBeLessThanOrEqual(20);
  expect(await run(name, code)).not.toBe("");
});

test.for(examples)("the example of $of with $with runs, with the names that it presupposes", async (example) => {
  const { before, after, prints, vendor } = example;
  const code = blocksIn(readmeOf(example.of)).map((block) => block.code);
  const found = code.filter((block) => block.includes(example.with));
  expect(found).toHaveLength(1);
  const name = `${example.of}-${examples.indexOf(example)}`;
  expect(await run(name, `${before}${found[0]}${after}`, vendor)).toMatch(prints);
});

test.for(["core", ...vendorNames])("every example of %s's README is run by some test", (name) => {
  const known = [...examples, ...runElsewhere].filter((example) => example.of === name);
  const [, ...further] = blocksIn(readmeOf(name));
  const unknown = further.filter(({ code }) => !known.some((example) => code.includes(example.with)));
  expect(unknown, "add to test/examples.ts how these are run").toEqual([]);
});
