import { expect, test } from "vitest";
import { unpublished } from "../src/unpublished.ts";
import { copyOfRepository } from "./repository.ts";

test("after a patch of one vendor, only that package is published", async () => {
  const copy = await copyOfRepository();
  await copy.change({ "@vms/alta": "patch" });
  await copy.version();
  const found = await unpublished(copy.path, async (_name, version) => version === "1.0.0");
  expect(found).toEqual([{ name: "@vms/alta", version: "1.0.1", folder: "packages/alta" }]);
});

test("unversioned packages and tooling packages are never published", async () => {
  const copy = await copyOfRepository();
  expect(await unpublished(copy.path, async () => true)).toEqual([]);
  const all = (await unpublished(copy.path, async () => false)).map(({ name }) => name);
  expect(all).toContain("@vms/core");
  expect(all.filter((name) => !name.startsWith("@vms/"))).toEqual([]);
});
