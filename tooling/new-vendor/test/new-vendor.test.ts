import { existsSync } from "node:fs";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ran } from "./run.ts";
import { createWorkspace, ROOT, type Workspace } from "./workspace.ts";

// Adds a vendor to a copy of the whole workspace, and checks there everything that concerns it.

const NAME = "acme-cam";
const TITLE = "Acme Cam";

let workspace: Workspace;
let added: Ran;

const add = (...args: string[]) => workspace.run(".", ["node", "tooling/new-vendor/src/main.ts", ...args]);

beforeAll(async () => {
  workspace = await createWorkspace();
  added = await add(NAME);
}, 240_000);
afterAll(() => workspace?.remove());

describe(`npm run new-vendor ${NAME}`, () => {
  test("succeeds, and the next steps that it prints name only existing files", () => {
    expect(added).toMatchObject({ status: 0 });
    const paths = added.out.match(/(?:packages|docs|\.changeset)\/[\w./-]*\w/g) ?? [];
    expect(paths.length).toBeGreaterThan(8);
    expect(paths.filter((path) => !existsSync(join(workspace.path, path)))).toEqual([]);
  });

  test("is a script of the workspace, and so is new-vendor:pages", async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    expect(scripts["new-vendor"]).toMatch(/&& node tooling\/new-vendor\/src\/main\.ts$/);
    expect(scripts["new-vendor:pages"]).toMatch(/&& node tooling\/new-vendor\/src\/update-pages\.ts$/);
  });

  test("writes the lockfile that pnpm would write, and up-to-date pages", async () => {
    await workspace.commit();
    const install = ["--no-frozen-lockfile", "--trust-lockfile", "--offline", "--lockfile-only"];
    await workspace.must(".", ["pnpm", "install", ...install]);
    await workspace.must(".", ["node", "tooling/new-vendor/src/update-pages.ts", NAME]);
    expect(await workspace.changed()).toEqual([]);
  });

  test("rejects a taken, reserved, malformed or missing name in one line, and changes nothing", async () => {
    // `session` occurs in the core, which knows no vendor.
    for (const args of [[NAME], ["acmecam"], ["stores"], ["clock"], ["session"], [], ["Acme"], ["acme", "cam"]]) {
      const { status, out, err } = await add(...args);
      expect({ status, out }, args.join()).toEqual({ status: 1, out: "" });
      expect(err.trim().split("\n"), args.join()).toHaveLength(1);
    }
    expect(await workspace.changed()).toEqual([]);
  });
});

describe("the workspace with the vendor", () => {
  test("builds and type-checks", async () => {
    await workspace.must(".", ["turbo", "run", "build", "typecheck", "--output-logs=errors-only"]);
  });

  test("has no lint error, no unused code and no violated convention", async () => {
    await workspace.must(".", ["biome", "check", "."]);
    await workspace.must(".", ["knip"]);
    await workspace.must(".", ["sherif"]);
    const { out } = await workspace.run("tooling/conventions", ["node", "src/check.ts"]);
    expect(out.split("\n").filter((line) => line.includes(NAME))).toEqual([]);
  });

  // The tests of each package that concern the vendor, by its name or by the list of vendors.
  const suites: readonly (readonly [folder: string, ...args: string[]])[] = [
    [`packages/${NAME}`],
    ["packages/simulator", `test/${NAME}.test.ts`, "test/bin.test.ts", "test/serve.test.ts", "test/universal.test.ts"],
    ["packages/cli", "test/commands/simulator.test.ts", "-t", "serves all vendors|--port"],
    ["packages/cli", "test/commands/login-options.test.ts", "test/commands/help.test.ts", "-t", "vendor"],
    ["tooling/api", "test/api.test.ts", "-t", `each entry|@vms/(${NAME}|simulator)`],
    ["tooling/attack", "test/canaries.test.ts", "test/caching.test.ts", "test/fuzz.test.ts", "-t", TITLE],
    ["tooling/attack", "test/soak.test.ts"],
    ["tooling/conventions", "test/repository.test.ts", "-t", "packages are found|assumptions.md"],
    ["tooling/e2e", "-t", `${TITLE}|main job`],
    ["tooling/examples", "test/programs.test.ts", "-t", `compiles|(docs/guides|packages)/${NAME}[./]`],
    ["tooling/release", "test/versions.test.ts", "-t", `${NAME}|major version of the core`],
    ["tooling/site", "test/guides.test.ts", "test/links.test.ts"],
  ];
  test.each(suites)("passes the tests of %s", async (folder, ...args) => {
    const out = await workspace.must(folder, ["vitest", "run", ...args]);
    expect(Number(/Tests .*?(\d+) passed/.exec(out)?.[1] ?? 0)).toBeGreaterThan(0);
  });

  test("passes each fault of the network", async () => {
    await workspace.must("tooling/attack", ["vitest", "run", "test/faults.test.ts"], { VMS_ATTACK_VENDOR: NAME });
  });

  test("has a session of the vendor in the program that runs in each runtime", async () => {
    const program = `import { inProcess } from "./src/smoke.ts"; console.log(await inProcess());`;
    expect(await workspace.must("tooling/runtimes", ["node", "--input-type=module", "-e", program])).toBe("works\n");
    await expect(workspace.must("tooling/runtimes", ["node", "--input-type=module", "-e", NAMES])).resolves.toContain(
      NAME,
    );
  });

  test("has limits for the packed vendor, which contains the same files as the others", async () => {
    const printed = JSON.parse(await workspace.must("tooling/pack", ["node", "--input-type=module", "-e", PACKED]));
    expect(printed).toEqual({
      factory: "createAcmeCamSession",
      limit: { brings: [`@vms/${NAME}`, "@vms/core", "ky"], megabytes: 2 },
      files: ["LICENSE", "README.md", "dist", "dist/index.d.ts", "dist/index.js", "package.json"],
    });
  });
});

test("the vendor passes the same tests with its credential in the query", async () => {
  const inQuery = "authorize: ({ data }) => ({ searchParams: { token: data.token } }),";
  await replaceIn(`packages/${NAME}/src/flow.ts`, /authorize: .*,/, inQuery);
  await replaceIn(
    `packages/${NAME}/test/contract.test.ts`,
    /timeout: 25_000,/,
    "timeout: 25_000, queryCredential: true,",
  );
  await replaceIn(
    `packages/simulator/src/${NAME}/server.ts`,
    /const \[, token\] = .*;/,
    'const token = c.req.query("token");',
  );
  await workspace.must(".", [
    "turbo",
    "run",
    "build",
    "--filter=@vms-tooling/vendors^...",
    "--output-logs=errors-only",
  ]);
  await workspace.must(`packages/${NAME}`, ["vitest", "run", "test/contract.test.ts", "test/simulator.test.ts"]);
  await workspace.must("tooling/e2e", ["vitest", "run", "-t", TITLE]);
  await workspace.must("tooling/attack", [
    "vitest",
    "run",
    "test/canaries.test.ts",
    "test/caching.test.ts",
    "-t",
    TITLE,
  ]);
});

async function replaceIn(path: string, from: RegExp, to: string): Promise<void> {
  const file = join(workspace.path, path);
  const text = await readFile(file, "utf8");
  expect(text).toMatch(from);
  await writeFile(file, text.replace(from, to));
}

describe("a vendor that is missing in a list", () => {
  test.each([
    ["the simulator", "packages/simulator/src/servers.ts", /^ {2}acmeCam: createAcmeCamServer,\n/m],
    ["the list of the vendors", "tooling/vendors/src/vendors.ts", /^ {2}"acme-cam": vendor\(.*\n/m],
  ])("fails the type check of %s", async (_, path, line) => {
    const file = join(workspace.path, path);
    const text = await readFile(file, "utf8");
    expect(text).toMatch(line);
    await writeFile(file, text.replace(line, ""));
    try {
      const folder = path.split("/").slice(0, 2).join("/");
      const { status, out } = await workspace.run(folder, ["tsc"]);
      expect([status === 0, out]).toEqual([false, expect.stringContaining("is missing in type")]);
    } finally {
      await writeFile(file, text);
    }
  });
});

test("a failed step restores every file, and the command prints what failed", async () => {
  await appendFile(join(workspace.path, "tooling/api/src/write.ts"), 'throw new Error("a made-up failure");\n');
  await workspace.commit();
  const { status, out, err } = await add("initech");
  expect({ status, out }).toEqual({ status: 1, out: "" });
  expect(err).toMatch(
    /`node src\/write\.ts @vms\/simulator @vms\/initech` failed:[\s\S]*a made-up failure[\s\S]*Nothing was added/,
  );
  expect(await workspace.changed()).toEqual([]);
  expect(existsSync(join(workspace.path, "packages/initech"))).toBe(false);
  expect(existsSync(join(workspace.path, "tooling/vendors/node_modules/@vms/initech"))).toBe(false);
});

const NAMES = `import { vendorNames } from "@vms-tooling/vendors"; console.log(vendorNames.join());`;

const PACKED = `
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { limits, vendors } from "./src/limits.ts";
import { packAll } from "./src/pack.ts";
const name = "@vms/${NAME}";
const folder = mkdtempSync(join(tmpdir(), "vms-packed-"));
const [{ content }] = await packAll(folder, [name]);
const files = readdirSync(content, { recursive: true }).sort();
rmSync(folder, { recursive: true });
console.log(JSON.stringify({ factory: vendors[name], limit: limits[name], files }));
`;
