import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { type FlowContractOptions, flowContract, storeContract } from "../src/index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Returns the numbered sentences under a heading. */
function listed(heading: string): string[] {
  const part = readme.split("\n## ").find((one) => one.startsWith(heading)) ?? "";
  return [...part.matchAll(/^\d+\. (.*)$/gm)].map(([, sentence = ""]) => sentence.replace(" (with `locks: true`)", ""));
}

/** Options with everything that can be stated about a vendor. */
const FULL = {
  lifetime: { expiresIn: 1, idleTimeout: 1, extendableFor: 1 },
  extends: true,
  rotates: true,
  resumes: true,
  outlives: true,
  queryCredential: true,
  signs: true,
  answersChallenges: true,
  otherIdentity: () => ({}) as never,
  calls: ["made-up"],
  post: { path: "made-up", json: {} },
  forbiddenCall: "made-up",
} satisfies FlowContractOptions;

function clausesOf(options: FlowContractOptions): string[] {
  const names: string[] = [];
  flowContract(
    (name) => names.push(name),
    () => ({}) as never,
    {} as never,
    options,
  );
  return names;
}

/** Returns the numbers in a text such as "1, 4 to 6". */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/(\d+)(?: to (\d+))?/g)].flatMap(([, from, to = from]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => Number(from) + at),
  );
}

test("the README lists the clauses of each contract in their order", () => {
  const store: string[] = [];
  storeContract(
    (name) => store.push(name),
    () => ({}) as never,
    { locks: true },
  );
  expect(listed("Test a store")).toEqual(store);

  const names = [FULL, {}, { signsOut: false }].flatMap(clausesOf);
  const report = names.at(-1) ?? "";
  expect(listed("Test a vendor")).toEqual([...new Set(names.filter((name) => name !== report)), report]);
});

test("the README says which clauses depend on an option, by their numbers", () => {
  const all = listed("Test a vendor");
  const numbers = (names: readonly string[]) => names.map((name) => all.indexOf(name) + 1).sort((a, b) => a - b);
  const rows = [...readme.matchAll(/^\| `(\w+)` \|(.*)\|$/gm)];
  const table = new Map(rows.map(([, option = "", cells = ""]) => [option, cells.split("|").slice(-2)]));
  for (const option of Object.keys(FULL)) {
    const { [option as keyof typeof FULL]: _, ...without } = FULL;
    const [stated, absent] = [clausesOf(FULL), clausesOf(without)];
    const [asked = "", otherwise = ""] = table.get(option) ?? [];
    expect([option, numbersIn(asked)]).toEqual([option, numbers(stated.filter((name) => !absent.includes(name)))]);
    expect([option, numbersIn(otherwise)]).toEqual([option, numbers(absent.filter((name) => !stated.includes(name)))]);
  }
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
