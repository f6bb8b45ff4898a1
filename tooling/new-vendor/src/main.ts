// Adds a vendor to the workspace: its package, its server in the simulator, its pages, and its entries in every list.
// Run: npm run new-vendor <name>
import { join } from "node:path";
import { editedFiles } from "./edits.ts";
import { BadName, checkFree, namesOf } from "./name.ts";
import { nextSteps } from "./next.ts";
import { pagesOf, writePages } from "./pages.ts";
import { judge } from "./rules.ts";
import { run, StepFailed } from "./run.ts";
import { newFiles } from "./templates.ts";
import { writeOrRestore } from "./write.ts";

const root = join(import.meta.dirname, "../../..");
// The lockfile has no new dependency, so nothing is resolved, verified or fetched.
const INSTALL = [
  "pnpm",
  "install",
  "--frozen-lockfile",
  "--trust-lockfile",
  "--prefer-offline",
  "--reporter=append-only",
] as const;
const say = (step: string) => console.error(`${step} …`);

async function addVendor([name, ...more]: readonly string[]): Promise<void> {
  if (more.length > 0) throw new BadName("One vendor at a time: npm run new-vendor acme-cam");
  const names = namesOf(name);
  checkFree(root, names);
  const files = new Map([...newFiles(root, names), ...editedFiles(root, names)]);
  const { violations, assumptions } = judge(root, files);
  if (violations.length > 0) {
    throw new BadName(`"${names.kebab}" cannot be used: ${violations[0]} Choose another name.`);
  }
  files.set("docs/assumptions.md", assumptions);
  const code = [...files.keys()].filter((path) => /\.(ts|json)$/.test(path));
  // Ctrl-C ends the program of the step. Then the files are restored.
  let isStopped = false;
  process.on("SIGINT", () => {
    isStopped = true;
  });
  const work = async () => {
    say("Formatting the files");
    await run(root, ".", ["biome", "check", "--write", ...code]);
    say("Installing the workspace");
    await run(root, ".", INSTALL);
    await writePages(root, names.kebab, say);
    if (isStopped) throw new StepFailed("Stopped.");
  };
  await writeOrRestore(root, files, pagesOf(names.kebab), work).catch(async (error: unknown) => {
    // Removes the links to the package from node_modules. A failure here must not hide the first error.
    await run(root, ".", INSTALL).catch(() => undefined);
    throw error;
  });
  console.log(nextSteps(names));
}

try {
  await addVendor(process.argv.slice(2));
} catch (error) {
  if (error instanceof BadName) console.error(error.message);
  else if (error instanceof StepFailed)
    console.error(`${error.message}\n\nNothing was added: all files are unchanged.`);
  else throw error;
  process.exitCode = 1;
}
