import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { vendors } from "../src/limits.ts";
import { entriesOf, published, root } from "../src/packages.ts";
import { run } from "../src/run.ts";

const project = inject("project");
const modules = join(root, "tooling/pack/node_modules");

/** All checks of TypeScript for the packages' types. Skipping its own types halves the time. */
const strictest = {
  target: "es2022",
  lib: ["es2022", "dom", "dom.iterable", "esnext.disposable"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  noEmit: true,
};

/** A program that creates a session with each vendor, with common options. */
function sessionsOf(used: readonly (readonly [name: string, factory: string])[]): string {
  const imports = used.map(([name, factory]) => `import { ${factory} } from "${name}";\n`);
  const sessions = used.map(([, factory]) => `  ${factory}({ baseUrl: "https://vms.example", credentials }),\n`);
  return `import type { Session } from "@vms/core";
${imports.join("")}
const credentials = { username: "ada", password: "made-up" };
export const sessions: readonly Session[] = [
${sessions.join("")}];
`;
}

// The Redis client and the servers use Node's types.
const forNode = (entry: string) => entry.endsWith("/node") || entry === "@vms/redis";
const entries = published.flatMap(entriesOf);
const programs = {
  universal: { types: [], lib: strictest.lib, entries: entries.filter((entry) => !forNode(entry)) },
  node: { types: ["node"], lib: strictest.lib, entries: entries.filter(forNode) },
  // Node's types have `fetch`, but fewer names than the DOM library.
  "without-dom": { types: ["node"], lib: ["es2024"], entries },
};

beforeAll(() => {
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  symlinkSync(join(modules, "@types/node"), join(project, "node_modules/@types/node"));
  for (const [name, program] of Object.entries(programs)) {
    const folder = join(project, name);
    mkdirSync(folder);
    const source = name === "without-dom" ? "node" : name;
    copyFileSync(join(import.meta.dirname, "consumers", `${source}.ts`), join(folder, "program.ts"));
    const all = program.entries.map((entry, n) => `export * as entry${n} from "${entry}";\n`);
    writeFileSync(join(folder, "entries.ts"), all.join(""));
    const used = Object.entries(vendors).filter(([entry]) => program.entries.includes(entry));
    writeFileSync(join(folder, "vendors.ts"), sessionsOf(used));
  }
});

/** The oldest TypeScript that knows all types: earlier ones have no `Uint8Array<ArrayBuffer>`. */
const LEAST = "5.7";

// Older compilers are slow, so only the fastest one checks both resolutions. contents.test.ts checks them too.
const RESOLUTIONS = { [LEAST]: ["nodenext"], "6.0": ["nodenext"], "7.0": ["nodenext", "bundler"] };

describe.for(Object.entries(RESOLUTIONS))("TypeScript %s", ([version, resolutions]) => {
  describe.for(resolutions)("with the module resolution %s", (moduleResolution) => {
    test.for(Object.entries(programs))(
      "finds no error in the program %s or in the types of its entries",
      async ([name, { types, lib }]) => {
        const module = moduleResolution === "bundler" ? "esnext" : moduleResolution;
        const config = `tsconfig.${version}.${moduleResolution}.json`;
        const compilerOptions = { ...strictest, lib, module, moduleResolution, types };
        writeFileSync(
          join(project, name, config),
          JSON.stringify({ compilerOptions, files: ["program.ts", "entries.ts", "vendors.ts"] }),
        );
        const tsc = join(modules, `typescript-${version}/bin/tsc`);
        const { stdout } = await run(process.execPath, [tsc, "--pretty", "false", "-p", join(name, config)], {
          cwd: project,
        });
        expect(stdout).toBe("");
      },
    );
  });
});

test.for(["README.md", "docs/guides/first-session.md", "docs/guides/faq.md"])(
  "%s states the oldest TypeScript that is tested",
  (page) => {
    const stated = [...readFileSync(join(root, page), "utf8").matchAll(/TypeScript (\d+\.\d+) or newer/g)];
    expect(stated.map(([, version]) => version)).toEqual([LEAST]);
  },
);
