import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, inject, test } from "vitest";
import { bundleLimit, limits, mostPackages, vendors } from "../src/limits.ts";
import { root } from "../src/packages.ts";
import { render, withoutMeasures } from "../src/report.ts";
import { type Size, sizeOf } from "../src/sizes.ts";

const report = join(import.meta.dirname, "../.report");
const sizes: Size[] = [];

afterAll(() => {
  mkdirSync(report, { recursive: true });
  writeFileSync(join(report, "sizes.json"), JSON.stringify(sizes, null, 2));
  for (const { name, names, bytes, gzip } of sizes) {
    const bundled = gzip === undefined ? "" : `, ${(gzip / 1024).toFixed(1)} KB gzipped in a bundle`;
    console.log(`${name}: ${names.length} packages, ${Math.round(bytes / 1024)} KB installed${bundled}`);
  }
});

test("docs/budgets.md shows the tested lists and limits", () => {
  const page = readFileSync(join(root, "docs/budgets.md"), "utf8");
  expect(withoutMeasures(page)).toBe(withoutMeasures(render({ sizes: [], coldImports: {}, weights: {} })));
});

describe.for(Object.entries(limits))("%s", ([name, { brings, megabytes }]) => {
  test("installs only the listed packages, runs no scripts, and stays within its limits", async () => {
    const size = await sizeOf(inject("scratch"), inject("packed"), name);
    sizes.push(size);
    expect(size.names).toEqual(brings.toSorted());
    expect(size.bytes).toBeLessThanOrEqual(megabytes * 1024 * 1024);
    expect(size.scripts).toEqual([]);
    if (size.gzip !== undefined) expect(size.gzip).toBeLessThanOrEqual(bundleLimit);
  });
});

test.for(Object.keys(vendors))("the limits of the vendor package %s are at most four packages and 2 MB", (name) => {
  const { brings, megabytes } = limits[name]!;
  expect(brings.length).toBeLessThanOrEqual(mostPackages);
  expect(brings).toEqual(expect.arrayContaining([name, "@vms/core", "ky"]));
  expect(megabytes).toBeLessThanOrEqual(2);
});
