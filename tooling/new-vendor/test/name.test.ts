import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkFree, namesOf } from "../src/name.ts";
import { newFiles } from "../src/templates.ts";
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
    expect(() => namesOf(name)).toThrow(/cannot be the name of a package\. .*"acme-cam"\.$/);
  });

  test.for([undefined, ""])("is required: %s", (name) => {
    expect(() => namesOf(name)).toThrow("npm run new-vendor acme-cam");
  });

  test("is taken if it has a package, a page or a changeset, or differs from a package only by a hyphen", async () => {
    const root = await mkdtemp(join(tmpdir(), "vms-new-vendor-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    for (const folder of ["packages/acme", "packages/eagleeye", "docs/guides", ".changeset"]) {
      await mkdir(join(root, folder), { recursive: true });
    }
    for (const file of [".changeset/first-initech.md", "docs/guides/stores.md"]) await writeFile(join(root, file), "");
    expect(() => checkFree(root, namesOf("acme"))).toThrow('"acme" is taken: packages/acme already exists');
    expect(() => checkFree(root, namesOf("initech"))).toThrow('"initech" is taken');
    expect(() => checkFree(root, namesOf("stores"))).toThrow('"stores" is taken');
    expect(() => checkFree(root, namesOf("eagle-eye"))).toThrow('"eagle-eye" is taken: it differs from eagleeye only');
    expect(() => checkFree(root, namesOf("acme-cam"))).not.toThrow();
  });

  test.for(["all", "clock", "class", "vendor", "all-vendors"])("is reserved if code needs the word: %s", (name) => {
    expect(() => checkFree(ROOT, namesOf(name))).toThrow(`"${name}" is reserved`);
  });
});

test("new files are in the right folders and contain no name of the templates", () => {
  const files = newFiles(ROOT, namesOf("acme-cam"));
  expect([...files.keys()].filter((path) => !path.startsWith("packages/acme-cam/")).sort()).toEqual([
    ".changeset/first-acme-cam.md",
    "docs/guides/acme-cam.md",
    "packages/simulator/src/acme-cam/options.ts",
    "packages/simulator/src/acme-cam/records.ts",
    "packages/simulator/src/acme-cam/server.ts",
    "packages/simulator/test/acme-cam.test.ts",
  ]);
  for (const [path, text] of files) {
    expect(path).not.toMatch(/template|changeset\.md/);
    expect(text, path).not.toMatch(/your[-_ ]?vendor|\balta\b/i);
  }
});
