import { existsSync, globSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { linesOf, readFiles, rules, workspaceOf } from "@vms-tooling/conventions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failing, failingAtFirst } from "./expected.ts";
import { reportOf } from "./report.ts";
import { node, program, type Ran } from "./run.ts";
import { createWorkspace, ROOT, type Workspace } from "./workspace.ts";

const NAME = "acme-cam";
const UNWRITTEN = /write this: |NotWrittenYet/;

/** Somebody may have made it in the repository as well. */
const namedInRoot = () => [...readFiles(ROOT).keys()].filter((path) => path.includes(NAME));

const before = namedInRoot();
let workspace: Workspace;
let generated: Ran;
let written: string;
let stages: string;

beforeAll(async () => {
  workspace = await createWorkspace(NAME);
  generated = await workspace.generate(NAME);
  await workspace.link();
  written = await workspace.written();
  stages = await workspace.stages();
});
afterAll(() => workspace?.remove());

/** What a package's own scripts say, but for its tests. */
async function checked(folder: string): Promise<Record<string, unknown>> {
  const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  const [typecheck, lint, build] = await Promise.all([
    program(folder, "tsc"),
    node(folder, biome, "check", "."),
    program(folder, "tsdown"),
  ]);
  const wrong = ({ status, out, err }: Ran) => (status === 0 ? "" : out + err);
  const types = await readFile(join(folder, "dist/index.d.ts"), "utf8");
  return { typecheck: wrong(typecheck), lint: wrong(lint), build: wrong(build), showsZod: types.includes("zod") };
}

const SOUND = { typecheck: "", lint: "", build: "", showsZod: false };

/** The violations of the conventions by a package, in a workspace with the core and another vendor. */
function breaches(folder: string, changes: Readonly<Record<string, string>> = {}): string[] {
  const existing = [...readFiles(ROOT)].filter(([path]) => /^packages\/(alta|core)\//.test(path));
  const changesets = [...readFiles(workspace.path)].filter(([path]) => path.startsWith(".changeset/"));
  const own = globSync(["*.{json,md,ts}", "{src,test}/*.ts"], { cwd: folder }).map((path): [string, string] => [
    `packages/${NAME}/${path.split(sep).join("/")}`,
    readFileSync(join(folder, path), "utf8"),
  ]);
  const all = workspaceOf(new Map([...existing, ...changesets, ...own, ...Object.entries(changes)]));
  expect(all.vendors.map(({ folder }) => folder)).toContain(NAME);
  return rules.flatMap((rule) => linesOf(rule, all)).filter((line) => line.includes(NAME));
}

describe("npm run new-vendor acme-cam", () => {
  test("creates all files, their tests, a README and a changeset", () => {
    expect(generated).toMatchObject({ status: 0, err: "" });
    const files = globSync(["src/*", "test/*", "*.*"], { cwd: workspace.made }).map((path) =>
      path.split(sep).join("/"),
    );
    expect(files).toEqual(
      expect.arrayContaining([
        ...["package.json", "tsconfig.json", "tsdown.config.ts", "vitest.config.ts", "README.md"],
        ...["index", "options", "session", "flow", "wire", "errors"].map((file) => `src/${file}.ts`),
        ...["contract", "errors", "flow", "options", "session", "wire"].map((file) => `test/${file}.test.ts`),
        "test/server.ts",
      ]),
    );
    expect(existsSync(join(workspace.path, `.changeset/first-${NAME}.md`))).toBe(true);
  });

  test("prints the next steps, and names only existing files", () => {
    const paths = generated.out.match(/(?:packages|tooling|\.changeset)\/[\w./-]*\w/g) ?? [];
    expect(paths.length).toBeGreaterThan(8);
    for (const path of paths)
      expect(
        [workspace.path, ROOT].some((root) => existsSync(join(root, path))),
        path,
      ).toBe(true);
  });

  test("is a command of the repository", async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    expect(scripts["new-vendor"]).toBe("node tooling/new-vendor/src/main.ts");
  });

  test("rejects a taken or missing name in one line, and changes nothing", async () => {
    const files = readFiles(workspace.path);
    for (const args of [[NAME], [], ["Acme"], ["acme", "cam"]]) {
      const { status, out, err } = await workspace.generate(...args);
      expect({ status, out }).toEqual({ status: 1, out: "" });
      expect(err.trim().split("\n")).toHaveLength(1);
    }
    expect(readFiles(workspace.path)).toEqual(files);
  });

  test("does not change the repository of this test", () => {
    expect(workspace.path.startsWith(ROOT)).toBe(false);
    expect(namedInRoot()).toEqual(before);
  });
});

describe.concurrent("a new package", () => {
  test("type-checks, is formatted, builds, and shows users no zod", async ({ expect }) => {
    expect(await checked(workspace.made)).toEqual(SOUND);
  });

  test("breaks no convention, and a broken one is reported", ({ expect }) => {
    expect(breaches(workspace.made)).toEqual([]);
    const state = { [`packages/${NAME}/src/state.ts`]: "export let state = 1;\n" };
    expect(breaches(workspace.made, state)).toEqual([expect.stringContaining("src/state.ts")]);
  });

  test("fails only at the places that its author must write, and names them", async ({ expect }) => {
    expect((await program(workspace.made, "vitest", "run")).status).toBe(1);
    const { passed, failed } = await reportOf(workspace.made);
    expect([...failed.keys()].sort()).toEqual([...failingAtFirst].sort());
    expect(passed.length).toBeGreaterThan(20);
    for (const [name, message] of failed) {
      if (!name.startsWith("left-to-write")) expect(message, name).toMatch(UNWRITTEN);
    }
  });

  test("fails only the tests about a single unwritten place", async ({ expect }) => {
    const { status, out, err } = await node(stages, "stages.ts");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const found = JSON.parse(out) as Record<keyof typeof failing, Record<string, string>>;
    expect(Object.keys(found).sort()).toEqual(Object.keys(failing).sort());
    for (const [place, names] of Object.entries(failing)) {
      const failed = found[place as keyof typeof failing];
      expect(Object.keys(failed).sort(), place).toEqual([...names].sort());
      for (const message of Object.values(failed)) expect(message, place).toMatch(UNWRITTEN);
    }
  });

  test("passes all tests once a small flow is written, and no longer needs `writeThis`", async ({ expect }) => {
    const [ran, checks] = await Promise.all([program(written, "vitest", "run"), checked(written)]);
    const { passed, failed } = await reportOf(written);
    expect([...failed]).toEqual([]);
    expect(ran.status).toBe(0);
    expect(passed).toEqual(expect.arrayContaining([...failingAtFirst]));
    expect(checks).toEqual(SOUND);
    expect(breaches(written)).toEqual([]);
    expect(existsSync(join(written, "src/write-this.ts"))).toBe(false);
  });
});
