import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { createSimulator } from "@vms/simulator";
import { serveAll } from "@vms/simulator/node";
import { startRedis } from "@vms-tooling/testing/redis-server";
import { allVendors } from "@vms-tooling/vendors";
import { onTestFinished } from "vitest";
import type { Program } from "../src/programs.ts";
import { SCENES, type Scene, TOTP_SECRET } from "./scenes.ts";

/** Node 22, the oldest version that runs TypeScript without an option. */
const NODE = join(import.meta.dirname, "../node_modules/node-22/bin/node");

/** The result of a program. */
export interface Result {
  readonly out: string;
  readonly err: string;
  readonly status: number | null;
}

/** Runs a program of a page in a process on Node 22, with a simulator at the URLs in its environment variables. */
export async function runProgram(program: Program, path: string): Promise<Result> {
  const scene: Scene = (await SCENES.get(program.page)?.(program)) ?? {};
  const alta = program.code.includes("VMS_ALTA_TOTP") ? { account: { totpSecret: TOTP_SECRET } } : {};
  const simulator = createSimulator({
    alta: { account: { username: "ada", password: "made-up", ...alta.account } },
    ...scene.vendors,
  });
  const served = await serveAll(simulator);
  onTestFinished(() => served.close());
  await using redis = program.code.includes("VMS_REDIS_URL") ? await startRedis() : undefined;
  const home = mkdtempSync(join(dirname(path), "home-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? "",
    HOME: home,
    NO_COLOR: "1",
    VMS_ALTA_TOTP: TOTP_SECRET,
  };
  for (const { key, prefix } of allVendors) {
    const { username, password } = simulator[key].account;
    Object.assign(env, {
      [`${prefix}_URL`]: served[key].baseUrl,
      [`${prefix}_USERNAME`]: username,
      [`${prefix}_PASSWORD`]: password,
    });
  }
  mkdirSync(dirname(path), { recursive: true });
  const args = [
    "--disable-warning=ExperimentalWarning",
    ...(program.file.endsWith(".test.ts") ? ["--test"] : []),
    path,
  ];
  const child = spawn(NODE, args, {
    cwd: dirname(path),
    env: { ...env, VMS_REDIS_URL: redis?.url ?? "", ...scene.env },
  });
  scene.during?.(child, simulator);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const tooLong = setTimeout(() => child.kill("SIGKILL"), 30_000);
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  clearTimeout(tooLong);
  return { out: out.trim(), err: err.trim(), status };
}
