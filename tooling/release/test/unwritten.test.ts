import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { unwrittenIn } from "../src/unwritten.ts";
import { ROOT } from "./repository.ts";

test("a package with unwritten places is incomplete", async () => {
  const folder = await mkdtemp(join(tmpdir(), "vms-unwritten-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "src"));
  await writeFile(join(folder, "README.md"), "# Acme\n\n- Write this: what is assumed.\n");
  await writeFile(join(folder, "src/flow.ts"), "// Write this: the vendor's own conversation.\n");
  await writeFile(join(folder, "src/wire.ts"), "// Writes this down.\n");
  expect(unwrittenIn(folder)).toEqual(["README.md", "src/flow.ts"]);
});

test("the vendors of this repository are complete", () => {
  expect(unwrittenIn(join(ROOT, "packages/alta"))).toEqual([]);
});
