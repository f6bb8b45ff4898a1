// Creates the package of a new vendor: all its files, with "write this: …" where the vendor's documentation is needed.
// Run: npm run new-vendor <name>
import { join } from "node:path";
import { BadName, checkFree, namesOf } from "./name.ts";
import { nextSteps } from "./next.ts";
import { filesFor } from "./templates.ts";
import { format, write } from "./write.ts";

const root = join(import.meta.dirname, "../../..");

try {
  const [name, ...more] = process.argv.slice(2);
  if (more.length > 0) throw new BadName("One vendor at a time: npm run new-vendor acme-cam");
  const names = namesOf(name);
  checkFree(root, names);
  await write(root, filesFor(root, names));
  await format(root, `packages/${names.kebab}`);
  console.log(nextSteps(names));
} catch (error) {
  if (!(error instanceof BadName)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
