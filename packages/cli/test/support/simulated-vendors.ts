import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { VendorServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { onTestFinished } from "vitest";

/** Serves a vendor until the end of the test, and returns its base URL. */
export async function served(vendor: VendorServer): Promise<string> {
  const { baseUrl, close } = await serve(vendor);
  onTestFinished(() => close());
  return baseUrl;
}

/** The profiles in a home; none without a configuration. */
export async function profilesIn(home: string): Promise<Record<string, Record<string, unknown>>> {
  const text = await readFile(join(home, "config.json"), "utf8").catch(() => '{"profiles":{}}');
  return (JSON.parse(text) as { profiles: Record<string, Record<string, unknown>> }).profiles;
}

/** All files below a home by relative path, without Node's compile cache. */
export async function filesIn(home: string): Promise<string[]> {
  return (await readdir(home, { recursive: true })).filter((path) => !/^cache\b/.test(path)).sort();
}

/** Leftover locks and temporary files. */
export async function leftoversIn(home: string): Promise<string[]> {
  return (await filesIn(home)).filter((path) => /\.(lock|tmp)($|\/)/.test(path));
}

/** Polls until a condition is true. */
export async function until(look: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await look())) {
    if (performance.now() > end) throw new Error("It did not become so.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
