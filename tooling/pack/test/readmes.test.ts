import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { compilable, type Example, examplesOf } from "../src/examples.ts";
import { published, root } from "../src/packages.ts";
import { outside, run } from "../src/run.ts";

const project = inject("project");
const examples = [
  ...examplesOf(join(root, "README.md")).map((example, n) => ({ readme: "README.md", file: `root-${n}`, ...example })),
  ...published.flatMap(({ folder }) => {
    const name = basename(folder);
    return examplesOf(join(folder, "README.md")).map((example, n) => ({
      readme: `packages/${name}/README.md`,
      file: `${name}-${n}`,
      ...example,
    }));
  }),
];

/** Errors that a fragment may have: names that the reader defines, and types that follow from them. */
const LEFT_TO_THE_READER = /error TS(2304|2552|2582|2593|18004|7005|7006|7031|7034):/;

const folder = join(project, "readmes");
const children: ChildProcess[] = [];
const env: NodeJS.ProcessEnv = { ...outside, NO_COLOR: "1" };

beforeAll(async () => {
  mkdirSync(folder);
  for (const example of examples) writeFileSync(join(folder, `${example.file}.ts`), compilable(example));
  Object.assign(env, await simulator(), { VMS_REDIS_URL: await redis() });
});

afterAll(() => {
  for (const child of children) child.kill();
});

test("the TypeScript of every README compiles with the types of the packed packages", async () => {
  const modules = join(root, "tooling/pack/node_modules");
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  for (const name of ["@types/node", "valibot", "vitest"])
    symlinkSync(join(modules, name), join(folder, "node_modules", name));
  const compilerOptions = {
    target: "es2024",
    lib: ["es2024", "esnext.disposable", "dom", "dom.iterable"],
    module: "nodenext",
    types: ["node"],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const tsc = join(modules, "typescript-7.0/bin/tsc");
  const { stdout } = await run(process.execPath, [tsc, "--pretty", "false", "-p", "."], { cwd: folder });
  const whole = new Set(examples.filter((example) => example.whole).map(({ file }) => `${file}.ts`));
  const faults = stdout.split("\n").filter((line) => /^\S+\.ts\(/.test(line));
  expect(faults.filter((line) => whole.has(line.split("(")[0] ?? "") || !LEFT_TO_THE_READER.test(line))).toEqual([]);
  expect(whole.size).toBeGreaterThan(8);
});

test.for(examples.filter(({ whole }: Example) => whole))(
  "the first example of $readme runs as it stands",
  async ({ file, line }) => {
    expect(line).toBeLessThanOrEqual(20);
    const { status, stdout, stderr } = await run(process.execPath, [join(folder, `${file}.ts`)], { env, cwd: folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.trim()).not.toBe("");
  },
);

/** Starts the packed simulator with its command. */
async function simulator(): Promise<NodeJS.ProcessEnv> {
  const child = spawn(join(project, "node_modules/.bin/vms-simulator"), ["--json"], { env: outside });
  children.push(child);
  const served: Record<string, { baseUrl: string; username: string; password: string }> = JSON.parse(
    await firstLine(child),
  );
  return Object.fromEntries(
    Object.entries(served).flatMap(([vendor, { baseUrl, username, password }]) => {
      const prefix = `VMS_${vendor.toUpperCase().replaceAll("-", "_")}`;
      return Object.entries({ URL: baseUrl, USERNAME: username, PASSWORD: password }).map(([name, value]) => [
        `${prefix}_${name}`,
        value,
      ]);
    }),
  );
}

/** Starts a Redis without persistence. */
async function redis(): Promise<string> {
  const port = await freePort();
  const child = spawn("redis-server", ["--port", String(port), "--save", "", "--bind", "127.0.0.1"], { cwd: folder });
  children.push(child);
  for await (const chunk of child.stdout) if (String(chunk).includes("Ready to accept connections")) break;
  return `redis://127.0.0.1:${port}`;
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let line = "";
  for await (const chunk of stdout ?? []) {
    line += chunk;
    if (line.includes("\n")) break;
  }
  return line;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
