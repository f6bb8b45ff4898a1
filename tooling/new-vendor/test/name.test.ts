import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkFree, namesOf } from "../src/name.ts";
import { filesFor } from "../src/templates.ts";
import { ROOT } from "./workspace.ts";

describe("a vendor's name", () => {
  test("has all spellings that code needs", () => {
    expect(namesOf("acme-cam2-hub")).toEqual({
      kebab: "acme-cam2-hub",
      camel: "acmeCam2Hub",
      pascal: "AcmeCam2Hub",
      constant: "ACME_CAM2_HUB",
      title: "Acme Cam2 Hub",
    });
    expect(namesOf("acme")).toMatchObject({ camel: "acme", pascal: "Acme", constant: "ACME", title: "Acme" });
  });

  test.for([
    "Acme",
    "acme_cam",
    "acme cam",
    "-acme",
    "acme-",
    "acme--cam",
    "3acme",
    "acme-3d",
    "../acme",
    "@vms/acme",
    "zoë",
    "a".repeat(41),
  ])("is rejected with an explanation: %s", (name) => {
    expect(() => namesOf(name)).toThrow(/cannot be the name of a package: .*as in "acme-cam"/);
  });

  test.for([undefined, ""])("is required: %s", (name) => {
    expect(() => namesOf(name)).toThrow("npm run new-vendor acme-cam");
  });

  test("is taken if it has a folder or a changeset, and free otherwise", async () => {
    const root = await mkdtemp(join(tmpdir(), "vms-new-vendor-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    await mkdir(join(root, "packages/acme"), { recursive: true });
    await mkdir(join(root, ".changeset"));
    await writeFile(join(root, ".changeset/first-initech.md"), "");
    expect(() => checkFree(root, namesOf("acme"))).toThrow('"acme" is taken: packages/acme already exists');
    expect(() => checkFree(root, namesOf("initech"))).toThrow('"initech" is taken');
    expect(() => checkFree(root, namesOf("acme-cam"))).not.toThrow();
  });
});

test("no name of the templates is left in a package, and each file is at its place", () => {
  const files = filesFor(ROOT, namesOf("acme-cam"));
  expect([...files.keys()].filter((path) => !path.startsWith("packages/acme-cam/"))).toEqual([
    ".changeset/first-acme-cam.md",
  ]);
  for (const [path, text] of files) {
    expect(path).not.toMatch(/template|changeset\.md/);
    expect(text, path).not.toMatch(/your[-_ ]?vendor|\balta\b/i);
  }
});
