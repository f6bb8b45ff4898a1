import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { install } from "../src/install.ts";
import { type Packed, packAll } from "../src/pack.ts";
import { entriesOf, published } from "../src/packages.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Every published package, packed. */
    packed: Packed[];
    /** A folder for temporary files of tests. */
    scratch: string;
    /** A project that has installed every package that can be imported, and the packages that some of it is for. */
    project: string;
  }
}

/** Packs and installs everything once, and removes it at the end. */
export async function setup({ provide }: TestProject): Promise<() => void> {
  const scratch = mkdtempSync(join(tmpdir(), "vms-pack-"));
  const packed = await packAll(scratch);
  const project = join(scratch, "project");
  const libraries = published.filter((one) => entriesOf(one).length > 0).map(({ name }) => name);
  await install(project, packed, libraries, { redis: "^6.0.0", undici: "^8.0.0" });
  provide("packed", packed);
  provide("scratch", scratch);
  provide("project", project);
  return () => rmSync(scratch, { recursive: true, force: true });
}
