import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { served } from "./served.ts";

const root = new URL("../../../", import.meta.url);
const copies = new URL("../.report/readmes/", import.meta.url);
const readmes = ["core", "alta", "findface", "alertsite", "eagleeye", "admin-token", "simulator", "test-suite"].map(
  (name) => [`packages/${name}/README.md`, name] as const,
);

/** The first TypeScript of a README, as a newcomer would copy it. */
function example(path: string): { code: string; line: number } {
  const readme = readFileSync(new URL(path, root), "utf8");
  const match = /^```ts\n([\s\S]*?)^```$/m.exec(readme);
  if (match?.[1] === undefined) throw new Error(`${path} has no TypeScript in it`);
  return { code: match[1], line: readme.slice(0, match.index).split("\n").length };
}

test.for([["README.md", "root"] as const, ...readmes])("the example of %s runs as it stands", async ([path, name]) => {
  const { code, line } = example(path);
  expect(line).toBeLessThanOrEqual(20);
  const { simulator, at } = await served();
  const env: Record<string, string> = { PATH: process.env.PATH ?? "", NO_COLOR: "1" };
  for (const { vendor, account } of simulator.all) {
    const prefix = `VMS_${vendor.toUpperCase().replace("-", "_")}`;
    const key = vendor === "admin-token" ? "adminToken" : vendor;
    env[`${prefix}_BASE_URL`] = at[key].baseUrl;
    env[`${prefix}_USERNAME`] = account.username;
    env[`${prefix}_PASSWORD`] = account.password;
  }
  mkdirSync(copies, { recursive: true });
  const file = fileURLToPath(new URL(`${name}.ts`, copies));
  writeFileSync(file, code);
  const child = spawn(process.execPath, [file], { env });
  const [out, err, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on("close", resolve)),
  ]);
  expect(err).toBe("");
  expect(out.trim()).not.toBe("");
  expect(status).toBe(0);
});
