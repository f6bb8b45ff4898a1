import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { flowContract, storeContract } from "../src/index.ts";
import { acme, acmeServer, acmeStated } from "./acme.ts";
import { collected } from "./collected.ts";
import { forgetful } from "./runners/forgetful.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A test runner: how to start it with a file, and how it reports passed and failed tests. */
interface Runner {
  readonly command: readonly string[];
  /** The stream with its results, and the expected content of the other stream. */
  readonly results: "out" | "err";
  readonly besides: RegExp;
  readonly passed: RegExp;
  readonly failed: RegExp;
  readonly count: (passed: number) => string;
}

const RUNNERS: readonly (readonly [string, Runner])[] = [
  [
    "node:test",
    {
      command: [process.execPath, "--test", "--test-reporter=tap"],
      results: "out",
      besides: /^$/,
      passed: /^ok \d+ - (.*)$/gm,
      failed: /^not ok \d+ - (.*)$/gm,
      count: (passed) => `# pass ${passed}\n`,
    },
  ],
  [
    "bun test",
    {
      command: [here("../node_modules/.bin/bun"), "test"],
      results: "err",
      besides: /^bun test v.*\n(?:not tested: .*\n)+$/,
      passed: /^\(pass\) (.*?)(?: \[[\d.]+m?s\])?$/gm,
      failed: /^\(fail\) (.*?)(?: \[[\d.]+m?s\])?$/gm,
      count: (passed) => ` ${passed} pass\n`,
    },
  ],
];

async function run({ command, results, passed, failed }: Runner, file: string) {
  const [program = "", ...options] = command;
  // Only a few of this process's variables, because those of vitest or an editor change the output of runners.
  const env = { PATH: process.env.PATH, NO_COLOR: "1" };
  const child = spawn(program, [...options, here(`./runners/${file}`)], { env });
  const [out, err, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on("close", resolve)),
  ]);
  const [said, besides] = results === "out" ? [out, err] : [err, out];
  const named = (lines: RegExp) => [...said.matchAll(lines)].map(([, name]) => name);
  return { said, besides, status, passed: named(passed), failed: named(failed) };
}

/** The printed report of the contract. */
async function reported(): Promise<readonly string[]> {
  const lines: string[] = [];
  const options = { ...acmeStated, print: (line: string) => void lines.push(line) };
  const clauses = new Map<string, () => Promise<void> | void>();
  flowContract((name, run) => clauses.set(name, run), acme(), acmeServer, options);
  // A clause that finds that it cannot run prints a line too.
  for (const run of clauses.values()) await run();
  expect(lines.length).toBeGreaterThan(10);
  return lines;
}

test("vitest shows the report too", { timeout: 60_000 }, async () => {
  const program = here("../node_modules/.bin/vitest");
  const options = ["run", "--reporter=default", here("./sockets.test.ts")];
  const child = spawn(program, options, { cwd: here(".."), env: { PATH: process.env.PATH, NO_COLOR: "1" } });
  const [said, status] = await Promise.all([text(child.stdout), new Promise((resolve) => child.on("close", resolve))]);
  expect(status, said).toBe(0);
  for (const line of await reported()) expect(said).toContain(line);
});

// Keys have a random part.
const plain = (message: string) => message.replace(/[\da-f]{8}-[\da-f-]{27}/g, "…");

describe.each(RUNNERS)("%s", (_, runner) => {
  test("runs both contracts, clause by clause", { timeout: 60_000 }, async () => {
    const names: string[] = [];
    storeContract(
      (name) => names.push(name),
      () => ({}) as never,
      { locks: true },
    );
    flowContract((name) => names.push(name), acme(), acmeServer, acmeStated);
    const { said, besides, status, passed, failed } = await run(runner, "contracts.ts");
    expect({ status, passed, failed }, said).toEqual({ status: 0, passed: names, failed: [] });
    expect(said).toContain(runner.count(names.length));
    expect(besides).toMatch(runner.besides);
    const lines = `${said}\n${besides}`.match(/not tested: ".*" \(\w+\): .*/g) ?? [];
    expect(lines).toEqual(await reported());
  });

  test("fails the clauses that a broken store fails, with their messages", { timeout: 60_000 }, async () => {
    const { names, failed } = await collected((clause) => storeContract(clause, forgetful));
    expect(failed.size).toBeGreaterThan(5);
    const seen = await run(runner, "broken.ts");
    expect(seen.status).toBe(1);
    expect(seen.failed).toEqual(names.filter((name) => failed.has(name)));
    expect(seen.passed).toEqual(names.filter((name) => !failed.has(name)));
    for (const message of failed.values()) expect(plain(seen.said)).toContain(plain(message));
  });
});
