import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { makePrograms } from "../src/programs.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the packed packages are installed, next to the programs that use them. */
    project: string;
  }
}

export async function setup({ provide }: TestProject): Promise<() => void> {
  const scratch = mkdtempSync(join(tmpdir(), "vms-runtimes-"));
  provide("project", await makePrograms(scratch));
  return () => rmSync(scratch, { recursive: true, force: true });
}
