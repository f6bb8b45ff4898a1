import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { flowContract, storeContract } from "../src/index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The numbered sentences under a heading. */
function listed(heading: string): string[] {
  const part = readme.split("\n## ").find((one) => one.startsWith(heading)) ?? "";
  return [...part.matchAll(/^\d+\. (.*)$/gm)].map(([, sentence = ""]) => sentence.replace(" (with `locks: true`)", ""));
}

test("the README lists the clauses of each contract in their order", () => {
  const store: string[] = [];
  storeContract(
    (name) => store.push(name),
    () => ({}) as never,
    { locks: true },
  );
  expect(listed("Prove a store")).toEqual(store);

  const [vendor, local]: [string[], string[]] = [[], []];
  flowContract(
    (name) => vendor.push(name),
    () => ({}) as never,
    {} as never,
  );
  flowContract(
    (name) => local.push(name),
    () => ({}) as never,
    {} as never,
    { signsOut: false },
  );
  expect(listed("Prove a vendor")).toEqual([...vendor, ...local.filter((name) => !vendor.includes(name))]);
});

test("the README's first program runs unchanged: it prints only its tests, and exits with 0", async () => {
  const [, code = ""] = /^```ts\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  const here = code.replace('"@vms/test-suite"', JSON.stringify(new URL("../src/index.ts", import.meta.url).href));
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env } = process.env;
  const child = spawn(process.execPath, ["--input-type=module-typescript"], {
    env,
    cwd: new URL(".", import.meta.url),
  });
  child.stdin.end(here);
  const [out, err, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on("close", resolve)),
  ]);
  expect({ err, status }).toEqual({ err: "", status: 0 });
  expect(out).toContain("values round-trip unchanged");
}, 60_000);
