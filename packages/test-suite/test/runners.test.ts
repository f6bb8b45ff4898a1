import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { flowContract, storeContract } from "../src/index.ts";
import { acme, acmeServer } from "./acme.ts";

async function nodeTest(file: string): Promise<{ out: string; err: string; status: unknown }> {
  const path = fileURLToPath(new URL(`./runners/${file}`, import.meta.url));
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  const child = spawn(process.execPath, ["--test", "--test-reporter=tap", path], { env });
  const [out, err, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on("close", resolve)),
  ]);
  return { out, err, status };
}

test("node:test runs both contracts, clause by clause", { timeout: 60_000 }, async () => {
  const names: string[] = [];
  storeContract(
    (name) => names.push(name),
    () => ({}) as never,
    { locks: true },
  );
  flowContract((name) => names.push(name), acme(), acmeServer);
  const { out, err, status } = await nodeTest("contracts.ts");
  expect({ err, status }).toEqual({ err: "", status: 0 });
  expect(out).toContain(`# pass ${names.length}\n`);
  for (const name of names) expect(out).toContain(` - ${name}\n`);
});

test("node:test fails the clauses that fail, with their messages", { timeout: 60_000 }, async () => {
  const { out, status } = await nodeTest("broken.ts");
  expect(status).toBe(1);
  expect(out).toMatch(/not ok \d+ - what is set is got, character by character/);
  expect(out).toContain('get of plain text: expected "a session", got undefined.');
  expect(out).toMatch(/\nok \d+ - deleting what is not there is no error/);
});
