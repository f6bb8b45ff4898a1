import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildSite } from "../src/build.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the site. */
    readonly site: string;
    readonly complaints: readonly string[];
  }
}

/** Builds the site once for all tests, in a folder that is gone afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "vms-site-"));
  const site = join(folder, "site");
  const { complaints } = await buildSite(site);
  project.provide("site", site);
  project.provide("complaints", complaints);
  return () => rm(folder, { recursive: true, force: true });
}
