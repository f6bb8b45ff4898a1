import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { expect, inject, test } from "vitest";
import { published, root } from "../src/packages.ts";
import { pages } from "../src/pages.ts";
import { must } from "../src/run.ts";

// Other packages, such as an HTTP client, are the subject of a page: its reader has them.
const optional = published.flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {}));
// NestJS needs decorators.
const DECORATORS = { compilerOptions: { experimentalDecorators: true } };
const said = (name: string) => name.startsWith("@vms/") || optional.includes(name);

test.for(pages.filter(({ imports }) => imports.some(said)))(
  "$file says to install the packages that its code imports, because pnpm and Yarn hide those of others",
  ({ imports, installs }) => {
    expect(imports.filter((name) => said(name) && !installs.includes(name))).toEqual([]);
  },
);

test("Node 22 can parse the code of every page", async () => {
  const all = pages.flatMap(({ file, code }) => code.map(({ line, text }) => ({ place: `${file}:${line}`, text })));
  expect(all.length).toBeGreaterThan(100);
  const pieces = await Promise.all(
    all.map(async ({ place, text }) => {
      const { code } = await transform(text, { loader: "ts", target: "esnext", tsconfigRaw: DECORATORS });
      return { place, code };
    }),
  );
  const file = join(inject("scratch"), "parse.mjs");
  writeFileSync(
    file,
    `import { SourceTextModule } from "node:vm";
     for (const { place, code } of ${JSON.stringify(pieces)}) {
       try { new SourceTextModule(code); } catch (error) { console.log(place, String(error)); }
     }
     console.log("parsed by", process.version.split(".")[0]);`,
  );
  const node22 = join(root, "tooling/runtimes/node_modules/node-22/bin/node");
  expect(await must(node22, ["--no-warnings", "--experimental-vm-modules", file])).toBe("parsed by v22\n");
});
