import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { vendorNames } from "@vms-tooling/vendors";
import { describe, expect, test } from "vitest";
import { copyOfRepository } from "./repository.ts";

const VENDORS = vendorNames.map((name) => `@vms/${name}`);
const at = (version: string, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, version]));

async function versionsAfter(changes: Parameters<Awaited<ReturnType<typeof copyOfRepository>>["change"]>[0]) {
  const copy = await copyOfRepository();
  await copy.change(changes);
  return { ...copy, changed: await copy.version() };
}

describe("`changeset version`", () => {
  for (const vendor of VENDORS) {
    test(`a patch of ${vendor} releases only that package`, async () => {
      expect((await versionsAfter({ [vendor]: "patch" })).changed).toEqual({ [vendor]: "1.0.1" });
    });
  }

  test("a patch of the core releases only the core", async () => {
    expect((await versionsAfter({ "@vms/core": "patch" })).changed).toEqual({ "@vms/core": "1.0.1" });
  });

  test("a minor version of the core releases only the core", async () => {
    expect((await versionsAfter({ "@vms/core": "minor" })).changed).toEqual({ "@vms/core": "1.1.0" });
  });

  test("a major version of the core releases its dependents, but not the simulator or the command line", async () => {
    const { changed, path } = await versionsAfter({ "@vms/core": "major" });
    expect(changed).toEqual({
      "@vms/core": "2.0.0",
      ...at("1.0.1", [...VENDORS, "@vms/proxy", "@vms/redis", "@vms/test-suite"]),
    });
    expect(await readFile(join(path, "packages/alta/CHANGELOG.md"), "utf8")).toContain("@vms/core@2.0.0");
  });

  test("a change to the Redis store releases only that package", async () => {
    expect((await versionsAfter({ "@vms/redis": "minor" })).changed).toEqual({ "@vms/redis": "1.1.0" });
  });

  test("a major version of a vendor releases only that vendor", async () => {
    expect((await versionsAfter({ "@vms/alta": "major" })).changed).toEqual({ "@vms/alta": "2.0.0" });
  });

  test("a change to a vendor that names the command line releases both", async () => {
    expect((await versionsAfter({ "@vms/alta": "patch", "@vms/cli": "patch" })).changed).toEqual({
      "@vms/alta": "1.0.1",
      "@vms/cli": "1.0.1",
    });
  });

  test("changes to two packages release both", async () => {
    expect((await versionsAfter({ "@vms/alta": "patch", "@vms/findface": "minor" })).changed).toEqual({
      "@vms/alta": "1.0.1",
      "@vms/findface": "1.1.0",
    });
  });

  test("the changelog contains the changeset's text", async () => {
    const { path } = await versionsAfter({ "@vms/alta": "patch" });
    const changelog = await readFile(join(path, "packages/alta/CHANGELOG.md"), "utf8");
    expect(changelog).toContain("## 1.0.1");
    expect(changelog).toContain("A change.");
  });
});
