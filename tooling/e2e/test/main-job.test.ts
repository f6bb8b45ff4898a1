import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { served } from "./served.ts";

const start = fileURLToPath(new URL("../../demo/src/start.ts", import.meta.url));

async function run(env: Record<string, string>): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [start], { env: { PATH: process.env.PATH ?? "", NO_COLOR: "1", ...env } });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? 1))),
  ]);
  return { code, output: out + err };
}

test("the main job signs in to all five over sockets, prints a row for each, and exits 0", async () => {
  const { code, output } = await run({});
  expect(output).toContain("Each vendor signed in");
  for (const name of ["Avigilon Alta", "FindFace Multi", "AlertSite", "Eagle Eye", "AiPix VMS"]) {
    expect(output).toMatch(new RegExp(`│ ${name} .*│ simulator │.*│ 3 +│ 2 +│ +\\d+ ms +│`));
  }
  expect(code).toBe(0);
});

test("with a vendor's variables set, that row runs against the deployment, without a revocation", async () => {
  const { simulator, at } = await served();
  const { username, password } = simulator.alta.account;
  const { code, output } = await run({
    VMS_ALTA_URL: at.alta.baseUrl,
    VMS_ALTA_USERNAME: username,
    VMS_ALTA_PASSWORD: password,
  });
  expect(output).toMatch(/│ Avigilon Alta +│ real +│.*│ 2 +│ 1 +│/);
  expect([code, simulator.alta.logins, simulator.alta.sessions]).toEqual([0, 1, 0]);
});

test("a vendor that fails is named with its reason and without its password, and the exit status is 1", async () => {
  const { simulator, at } = await served();
  const { code, output } = await run({
    VMS_ALTA_URL: at.alta.baseUrl,
    VMS_ALTA_USERNAME: simulator.alta.account.username,
    VMS_ALTA_PASSWORD: "made-up-canary-wrong",
  });
  expect(output).toMatch(/Avigilon Alta: \[@vms\/alta\] the vendor refused the user name or password/);
  expect(output).toContain("1 of 5 vendors failed");
  expect(output).not.toContain("made-up-canary-wrong");
  expect(code).toBe(1);
});

test("a deployment of which a variable is missing is named with that variable", async () => {
  const { code, output } = await run({ VMS_EAGLEEYE_USERNAME: "x" });
  expect(output).toContain("To use a real Eagle Eye, set VMS_EAGLEEYE_URL and VMS_EAGLEEYE_PASSWORD as well.");
  expect(code).toBe(1);
});
