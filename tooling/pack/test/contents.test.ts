import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { describe, expect, inject, test } from "vitest";
import { vendors } from "../src/limits.ts";
import { published, readManifest, root } from "../src/packages.ts";

const packed = inject("packed");

/** The files of every vendor. */
const OF_VENDOR = ["LICENSE", "README.md", "dist/index.d.ts", "dist/index.js", "package.json"];

test("this package depends on every published package, so that all are built before the test", () => {
  const needed = ["pack", "vendors"].flatMap((folder) =>
    Object.keys(readManifest(join(root, "tooling", folder)).devDependencies ?? {}),
  );
  expect(needed).toEqual(expect.arrayContaining(published.map(({ name }) => name)));
});

describe.for(packed)("$name", ({ name, tarball, content }) => {
  const files = globSync("**/*", { cwd: content, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(content.length + 1))
    .sort();
  const manifest = readManifest(content);
  const read = (file: string) => readFileSync(join(content, file), "utf8");

  test("contains these files", () => {
    // Shared chunks are named by their content.
    const shown = new Set(files.map((file) => file.replace(/^dist\/.+-[\w-]{8}\.(c?js|d\.ts)$/, "dist/<shared>.$1")));
    const listed = [...shown].sort();
    if (name in vendors) expect(listed).toEqual(OF_VENDOR);
    else expect(listed).toMatchSnapshot();
  });

  test("contains its manifest, README, license, code and types, and no build files", () => {
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    expect(
      files.filter((file) => !/^(LICENSE|(README|CHANGELOG)\.md|package\.json|dist\/[\w-]+\.(c?js|d\.ts))$/.test(file)),
    ).toEqual([]);
    expect(files.filter((file) => /(test|spec|bench|fixture)\b/.test(file))).toEqual([]);
  });

  test("includes its changelog if it has one", () => {
    expect(manifest.files).toContain("CHANGELOG.md");
  });

  test("refers to no missing source map", () => {
    const pointing = files.filter(
      (file) => /\.(c?js|ts)$/.test(file) && /^\/\/[#@] sourceMappingURL=/m.test(read(file)),
    );
    expect(pointing).toEqual([]);
  });

  test("declares no names of CommonJS, so that jest can transform it", () => {
    const declaring = files.filter(
      (file) =>
        /\.js$/.test(file) && /^(const|let|var|function|class) (module|exports|require|__\w+name)\b/m.test(read(file)),
    );
    expect(declaring).toEqual([]);
  });

  test("depends only on packages in a registry", () => {
    const { dependencies, peerDependencies, devDependencies } = manifest;
    const ranges = Object.values({ ...dependencies, ...peerDependencies, ...devDependencies });
    expect(
      ranges.filter((range) => !/^(npm:[a-z-]+@)?[\^~]?\d+\.\d+\.\d+( \|\| \^\d+\.\d+\.\d+)*$/.test(range)),
    ).toEqual([]);
  });

  test("runs no script on a user's machine", () => {
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => /install|prepare/.test(script))).toEqual([]);
  });

  test("reveals nothing about the machine that built it", () => {
    expect(files.filter((file) => read(file).includes(root) || /\bfile:\/\/\/\w/.test(read(file)))).toEqual([]);
  });

  test("names the licenses of bundled code", () => {
    const code = files.filter((file) => /\.c?js$/.test(file)).map(read);
    const notices = code.flatMap((text) => [...text.matchAll(/\/\*![\s\S]*?\*\//g)]).join("\n");
    // The bundler writes the source path above each part.
    const pieces = code.flatMap((text) => [
      ...text.matchAll(/^\/\/.*\/node_modules\/((?!@vms\/)(?:@[\w.-]+\/)?[\w.-]+)\//gm),
    ]);
    const carried = [...new Set(pieces.map(([, from = ""]) => from))];
    expect(carried.filter((from) => !notices.includes(from))).toEqual([]);
  });

  test("passes publint", async () => {
    const { messages } = await publint({ strict: true, pack: { tarball: bytesOf(tarball).buffer } });
    expect(messages).toEqual([]);
  });

  test("has correct types for ES modules and for bundlers", async () => {
    const checked = await checkPackage(createPackageFromTarballData(bytesOf(tarball)));
    if (!checked.types) {
      // Only a command may have no types.
      expect({ name, exports: manifest.exports, bin: manifest.bin }).toMatchObject({ exports: undefined, bin: {} });
      return;
    }
    // The packages are for ES modules only: the profile "esm-only".
    const esm = checked.problems.filter(
      (problem) => !("resolutionKind" in problem && /^node10$|^node16-cjs$/.test(problem.resolutionKind)),
    );
    expect(esm).toEqual([]);
  });
});

function bytesOf(tarball: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(tarball));
}
