import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { installAlone } from "../src/install-alone.ts";
import { vendors } from "../src/limits.ts";
import { published, root } from "../src/packages.ts";
import { must, run } from "../src/run.ts";

const project = inject("project");
const packed = inject("packed");

/** Runs a program and returns all output, including warnings, because nothing here may be experimental. */
async function node(cwd: string, program: string, type: "module" | "commonjs"): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [`--input-type=${type}`, "-e", program], { cwd });
  return stdout + stderr;
}

test.for([
  ...Object.entries(vendors),
  ["@vms/core", "memoryStore"] as const,
  ["@vms/core/flow", "createSession"] as const,
])("require(%o) works in a CommonJS program", async ([name, made]) => {
  expect(await node(project, `console.log(typeof require("${name}").${made})`, "commonjs")).toBe("function\n");
});

describe("@vms/core/node without undici", () => {
  let alone: string;
  beforeAll(async () => {
    alone = (await installAlone(inject("scratch"), packed, "@vms/core")).project;
    expect(existsSync(join(alone, "node_modules/undici"))).toBe(false);
  });

  test("can be loaded, and nodeFetch says what to install", async () => {
    const program = `
      import { fileStore, nodeFetch } from "@vms/core/node";
      try { nodeFetch(); } catch (error) { console.log(typeof fileStore, error.code, error.message); }`;
    expect(await node(alone, program, "module")).toBe(
      "function invalid_options [@vms/core] nodeFetch: the peer dependency undici was not found. A bundle needs the option `undici`. Install it: npm install undici\n",
    );
  });

  test("has correct types", async () => {
    const modules = join(root, "tooling/pack/node_modules");
    mkdirSync(join(alone, "node_modules/@types"), { recursive: true });
    symlinkSync(join(modules, "@types/node"), join(alone, "node_modules/@types/node"));
    writeFileSync(join(alone, "program.ts"), 'export { fileStore } from "@vms/core/node";\n');
    const flags = ["--module", "nodenext", "--strict", "--noEmit", "--target", "es2024", "--types", "node"];
    const tsc = [join(modules, "typescript-7.0/bin/tsc"), "--pretty", "false", ...flags, "program.ts"];
    expect((await run(process.execPath, tsc, { cwd: alone })).stdout).toBe("");
  });
});

test("@vms/core/node finds an installed undici", async () => {
  const program = `import { nodeFetch } from "@vms/core/node"; console.log(typeof nodeFetch());`;
  expect(await node(project, program, "module")).toBe("function\n");
});

test("two copies of the core in one project recognise each other's errors", async () => {
  const { project: copy } = await installAlone(inject("scratch"), packed, "@vms/core");
  const file = join(project, "two-copies.js");
  writeFileSync(
    file,
    `import { SessionClosed } from "@vms/core";
     import { isVmsError } from ${JSON.stringify(join(copy, "node_modules/@vms/core/dist/index.js"))};
     console.log(isVmsError(new SessionClosed("alta", "made up")));`,
  );
  expect(await must(process.execPath, [file])).toBe("true\n");
});

const commands = published.flatMap(({ name, manifest }) =>
  Object.keys(manifest.bin ?? {}).map((bin) => ({ name, bin })),
);

test.for(commands)("$name has the command $bin, which prints its help", async ({ name, bin }) => {
  const { project: alone } = await installAlone(inject("scratch"), packed, name);
  expect(await must(join(alone, "node_modules/.bin", bin), ["--help"], { cwd: alone })).toContain(bin);
});
