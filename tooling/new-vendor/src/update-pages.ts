// Updates the generated pages for a vendor, after its package or its server has changed.
// Run: npm run new-vendor:pages <name>
import { existsSync } from "node:fs";
import { join } from "node:path";
import { writePages } from "./pages.ts";

const root = join(import.meta.dirname, "../../..");
const [vendor = ""] = process.argv.slice(2);

if (vendor !== "" && existsSync(join(root, "packages", vendor, "src/describe.ts"))) {
  await writePages(root, vendor, (step) => console.error(`${step} …`));
} else {
  console.error("Give the name of a vendor: npm run new-vendor:pages acme-cam");
  process.exitCode = 1;
}
